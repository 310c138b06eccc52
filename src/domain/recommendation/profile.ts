import type { Adjacent } from "../graph/graph-view";
import type { NodeId } from "../ids";
import type { TermKind } from "./policy";

/** What a question gains that is linked with a node. */
export interface Gain {
  readonly kind: TermKind;
  readonly amount: number;
  /** From where the profile starts to the node. */
  readonly prefix: readonly Adjacent[];
  /** Factors for a question that teaches the concept, and for one that only assumes it. */
  readonly teaching: number;
  readonly assuming: number;
}

/** What one question gains, and by which way. */
export interface OwnGain {
  readonly kind: TermKind;
  readonly amount: number;
  readonly path: readonly Adjacent[];
  readonly reason?: string;
}

/** What is looked for, as amounts that questions gain: by being linked with a node, or each by itself. */
export class Profile {
  readonly byLink = new Map<NodeId, Gain[]>();
  readonly own = new Map<NodeId, OwnGain[]>();

  gainAt(
    node: NodeId,
    kind: TermKind,
    amount: number,
    prefix: readonly Adjacent[],
    { teaching = 1, assuming = 1 }: Partial<Pick<Gain, "teaching" | "assuming">> = {},
  ): void {
    if (amount > 0) push(this.byLink, node, { kind, amount, prefix, teaching, assuming });
  }

  gainOf(question: NodeId, kind: TermKind, amount: number, path: readonly Adjacent[], reason?: string): void {
    push(this.own, question, { kind, amount, path, ...(reason === undefined ? {} : { reason }) });
  }
}

function push<T>(map: Map<NodeId, T[]>, key: NodeId, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
