import type { Fields } from "./field";
import type { NodeKind } from "./node-kinds";

/**
 * How an edge kind reads from one of its ends. `name` is one relation over all kinds at the other end, or one for each
 * of them. `one`: at most one link; `required`: exactly one at every commit. `max`: the most that an author may link by
 * hand, so the relation is a complete list; without `max` and `one` it grows with the bank and is paged.
 * `typical`: the expected number of links, for the cost of a query. `usual`: how many an editor wants at least and at
 * most (none: no bound); lint warns outside, stores do not mind.
 */
export interface End {
  readonly name: string | Readonly<Partial<Record<NodeKind, string>>>;
  readonly description: string;
  readonly one?: boolean;
  readonly required?: boolean;
  readonly max?: number;
  readonly typical: number;
  readonly usual?: readonly [min: number, max?: number];
}

export interface EdgeKindSpec {
  readonly description: string;
  readonly from: readonly NodeKind[];
  readonly to: readonly NodeKind[];
  /** Properties besides the order. */
  readonly properties: Fields;
  /** The end whose author orders the links; the position is kept as the property `order`, from 0. */
  readonly orderedBy?: "from" | "to";
  /** From the view of a `from` node, towards `to`. */
  readonly forward: End;
  /** From the view of a `to` node, towards `from`. */
  readonly reverse: End;
  /** The end whose content file holds the link; "computed" is in no file. */
  readonly file: "from" | "to" | "computed";
  /** The `to` node is nested in the file at the `from` node, and written nowhere else. */
  readonly nests?: boolean;
  /** Both ends belong to one owner; holds for nested ones anyway. */
  readonly within?: boolean;
  /** Stored once, from the smaller id, and read both ways under the one name of `forward`. Both ends have one kind. */
  readonly undirected?: boolean;
  /** No chain of these edges leads back to its start. */
  readonly acyclic?: boolean;
  /** Following it gives an answer away. */
  readonly spoiler?: boolean;
}

export const edgeKind = <const E extends EdgeKindSpec>(spec: E): E => Object.freeze(spec);
