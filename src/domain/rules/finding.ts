import type { EdgeKey } from "../graph/node";
import { kindOf, type NodeId } from "../ids";
import type { EdgeKindSpec } from "../ontology/edge-kind";
import { edgeKinds } from "../ontology/edge-kinds";
import type { BankView } from "./bank-view";

/** A note tells what need not be mended now, such as that a figure has grown old. */
export type Severity = "error" | "warning" | "note";

/** One breach of a rule by a bank. */
export interface Breach {
  readonly node: NodeId;
  /** From the node: a field or relation; then the index in a list, or the id of a link's other end; then its property. */
  readonly path: readonly (string | number)[];
  /** 1-based line within the text at `path`. */
  readonly line?: number;
  readonly message: string;
  /** What would mend it. */
  readonly hint?: string;
}

export interface RuleInfo {
  readonly code: string;
  readonly severity: Severity;
  /** Whether it says what no store accepts, so that a breach stops an import; the others say what a good bank looks like. */
  readonly structural: boolean;
  /** The rule in one sentence, as reports show it. */
  readonly description: string;
}

/** What a rule may know besides the bank. */
export interface RuleContext {
  /** The day on which the bank is judged, `YYYY-MM-DD`. */
  readonly today: string;
  /** Where only what changes matters: the nodes that do. What follows from the wording of others alone may be left out. */
  readonly written?: ReadonlySet<NodeId>;
}

/** Where a rule that takes long can be left for a while. */
export type Pause = null;

/** A rule about a whole bank. `evaluate` is pure and gives every breach. */
export interface Rule extends RuleInfo {
  evaluate(bank: BankView, context: RuleContext): Iterable<Breach | Pause>;
}

export interface RuleFinding extends Breach {
  readonly rule: string;
  readonly severity: Severity;
  readonly structural: boolean;
}

/** Where a link is written: the node whose file holds it, and the path of the link from there. */
export function linkPlace({ edge, from, to }: EdgeKey): {
  readonly node: NodeId;
  readonly path: readonly [string, NodeId];
} {
  const spec: EdgeKindSpec = edgeKinds[edge];
  const [node, other, { name }] = spec.file === "to" ? [to, from, spec.reverse] : [from, to, spec.forward];
  return { node, path: [typeof name === "string" ? name : (name[kindOf(other)] as string), other] };
}

/** The line of an offset in a passage that starts in `first`. */
export const lineAt = (text: string, offset: number, first: number): number =>
  first + text.slice(0, offset).split("\n").length - 1;
