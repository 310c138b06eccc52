import type { EdgeState, NodeState } from "../../../src/domain/changes/change-set";
import { edgeSubject, type Revision } from "../../../src/domain/graph/node";
import type { GraphReader } from "../../../src/domain/graph/port";
import { kindOf, type NodeId } from "../../../src/domain/ids";
import type { NodeKind } from "../../../src/domain/ontology/node-kinds";
import { scannedItems } from "../../../src/domain/graph/port";

/** What a bank holds, for choosing what to change next. */
export class BankView {
  private constructor(
    readonly nodes: NodeId[],
    readonly edges: readonly EdgeState[],
    readonly states: ReadonlyMap<NodeId, NodeState>,
    private readonly revisions: ReadonlyMap<string, Revision>,
  ) {}

  static async of(reader: GraphReader): Promise<BankView> {
    const states = new Map<NodeId, NodeState>();
    const edges: EdgeState[] = [];
    const revisions = new Map<string, Revision>();
    for await (const item of scannedItems(reader.scan())) {
      if ("node" in item) states.set(item.node.id, item.node);
      else edges.push(item.edge);
      revisions.set("node" in item ? item.node.id : edgeSubject(item.edge), item.revision);
    }
    return new BankView([...states.keys()], edges, states, revisions);
  }

  of(kinds: readonly NodeKind[]): NodeId[] {
    return this.nodes.filter((id) => kinds.includes(kindOf(id)));
  }

  revisionOf(subject: string): Revision | undefined {
    return this.revisions.get(subject);
  }
}
