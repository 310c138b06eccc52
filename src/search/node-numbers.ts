import type { NodeId } from "../domain/ids";

/** A small number for each node that was ever seen, so that indexes need not hold ids. */
export class NodeNumbers {
  private readonly ids: NodeId[] = [];
  private readonly numbers = new Map<NodeId, number>();

  /** How many there are. */
  get size(): number {
    return this.ids.length;
  }

  id(node: number): NodeId {
    return this.ids[node] as NodeId;
  }

  find(id: NodeId): number | undefined {
    return this.numbers.get(id);
  }

  add(id: NodeId): number {
    const known = this.numbers.get(id);
    if (known !== undefined) return known;
    this.numbers.set(id, this.ids.length);
    return this.ids.push(id) - 1;
  }
}
