import type { Fields } from "./field";

/** Kinds whose nodes live in their owner's file, have slugs `owner/own`, and go when the owner goes. */
export type OwnerKind = "Question" | "TradeOff" | "Benchmark";

export interface NodeKindSpec<F extends Fields = Fields> {
  readonly description: string;
  /** The root list's name in GraphQL, and in kebab-case the content folder's. */
  readonly plural: string;
  readonly ownedBy?: OwnerKind;
  /** It sorts what it is linked to; two things that it sorts alike need not have anything else to do with each other. */
  readonly sorting?: boolean;
  readonly fields: F;
}

export const nodeKind = <const F extends Fields>(spec: NodeKindSpec<F>): NodeKindSpec<F> => Object.freeze(spec);
