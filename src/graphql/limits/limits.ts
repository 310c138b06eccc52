import type { Principal } from "../../domain/access/principal";

/** What one request may ask for. An error tells the limit that was passed, and README lists them. */
export interface Limits {
  readonly bodyBytes: number;
  readonly sourceLength: number;
  readonly tokens: number;
  /** Fields with a selection on one path, fragments flattened; wrappers of connections and links are not counted. */
  readonly depth: number;
  readonly aliases: number;
  readonly rootFields: number;
  readonly directives: number;
  readonly operations: number;
  /** Selections with every fragment written out wherever it is spread. */
  readonly recursiveSelections: number;
  readonly mutations: number;
  /** Uses of `__schema` and `__type`, wherever fragments with them are spread. */
  readonly introspections: number;
  /** Units of cost: what an operation may come to as the ontology expects lists to be long, and what its answer may. */
  readonly cost: number;
  readonly variables: {
    readonly depth: number;
    readonly keys: number;
    readonly listLength: number;
    /** Of lists named `seen` or `known`: what a person has behind them grows long. */
    readonly longListLength: number;
    readonly stringLength: number;
  };
}

/** For requests without a credential. */
export const anonymousLimits: Limits = Object.freeze({
  bodyBytes: 64 * 1024,
  sourceLength: 16_000,
  tokens: 1_000,
  depth: 12,
  aliases: 30,
  rootFields: 10,
  directives: 20,
  operations: 5,
  recursiveSelections: 500,
  mutations: 1,
  introspections: 2,
  cost: 5_000,
  variables: Object.freeze({ depth: 10, keys: 1_000, listLength: 250, longListLength: 5_000, stringLength: 20_000 }),
});

/** For requests with one. */
export const holderLimits: Limits = Object.freeze({
  ...anonymousLimits,
  bodyBytes: 256 * 1024,
  tokens: 2_000,
  depth: 14,
  rootFields: 20,
  recursiveSelections: 1_000,
  mutations: 5,
  cost: 20_000,
  variables: Object.freeze({ ...anonymousLimits.variables, stringLength: 200_000 }),
});

export const limitsOf = ({ role }: Principal): Limits => (role === "ANONYMOUS" ? anonymousLimits : holderLimits);
