import { kindOf, type NodeId } from "../domain/ids";
import { searchedKinds } from "./searched-texts";

/** A small number for each node that was ever seen, so that indexes need not hold ids. */
export class NodeNumbers {
  private readonly ids: NodeId[] = [];
  private kinds = new Uint8Array(64);
  private readonly numbers = new Map<NodeId, number>();

  /** How many there are. */
  get size(): number {
    return this.ids.length;
  }

  id(node: number): NodeId {
    return this.ids[node] as NodeId;
  }

  /** The place of its kind in `searchedKinds`; 255 if it is in none. */
  kind(node: number): number {
    return this.kinds[node] as number;
  }

  find(id: NodeId): number | undefined {
    return this.numbers.get(id);
  }

  add(id: NodeId): number {
    const known = this.numbers.get(id);
    if (known !== undefined) return known;
    this.numbers.set(id, this.ids.length);
    if (this.ids.length === this.kinds.length) this.kinds = enlarged(this.kinds, this.kinds.length * 2);
    this.kinds[this.ids.length] = searchedKinds.indexOf(kindOf(id));
    return this.ids.push(id) - 1;
  }
}

/** A copy with room for more. */
export function enlarged<A extends Uint8Array | Uint16Array | Uint32Array>(array: A, length: number): A {
  const larger = new (array.constructor as new (length: number) => A)(length);
  larger.set(array);
  return larger;
}
