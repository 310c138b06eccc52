import type { GraphNode } from "../../domain/graph/node";
import type { NodeId } from "../../domain/ids";

const generationLimit = 5_000;

/**
 * Nodes that were read lately. It keeps two generations and drops the older one whole when the younger is full: the nodes
 * in use move on, at a fraction of the cost of ordering them by use.
 */
export class NodeCache {
  private young = new Map<NodeId, GraphNode>();
  private old = new Map<NodeId, GraphNode>();

  get(id: NodeId): GraphNode | undefined {
    const young = this.young.get(id);
    if (young) return young;
    const old = this.old.get(id);
    if (old) this.set(old);
    return old;
  }

  set(node: GraphNode): void {
    if (this.young.size === generationLimit) {
      this.old = this.young;
      this.young = new Map();
    }
    this.young.set(node.id, node);
  }

  clear(): void {
    this.young.clear();
    this.old.clear();
  }
}
