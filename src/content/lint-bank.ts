import { currentDay } from "../domain/current-day";
import { compareText } from "../domain/graph/order";
import { type NodeId, ownerIdOf } from "../domain/ids";
import type { RuleFinding } from "../domain/rules/finding";
import { type RuleDepth, runRules } from "../domain/rules/run-rules";
import { type FileFinding, fileStart } from "./file-finding";
import type { ReadBank } from "./read-bank";

export interface LintOptions {
  readonly depth: RuleDepth;
  /** `YYYY-MM-DD`; the present day by default. */
  readonly today?: string;
}

/**
 * Both passes of lint over what was read, by file and place. `found` are findings from before, such as of reading the
 * folder. What may only follow from something that could not be read is left out: it was reported then.
 */
export async function lintBank(
  bank: ReadBank,
  { depth, today = currentDay() }: LintOptions,
  found: readonly FileFinding[] = [],
): Promise<FileFinding[]> {
  const breaches = await runRules(bank, depth, { today });
  const placed = breaches.filter(notOnlyConsequence(bank)).map(placedIn(bank));
  return [...found, ...bank.findings, ...placed].sort(byPlace);
}

export const byPlace = (a: FileFinding, b: FileFinding): number =>
  compareText(a.file, b.file) || a.line - b.line || a.column - b.column || compareText(a.rule, b.rule);

/** What the lack of a field or link in the node itself leads to. */
const consequences = new Set([
  "required-field",
  "required-link",
  "invalid-field",
  "invalid-reference",
  "assessment-coverage",
]);

/** Warnings and notes look further than one node, so they wait until its file, and what it links to, can be read whole. */
function notOnlyConsequence(bank: ReadBank): (finding: RuleFinding) => boolean {
  const doubtful = new Set([...bank.unread, ...[...bank.flawed].map(ownerIdOf)]);
  const isDoubtful = (id: NodeId) => !bank.nodes.has(id) || doubtful.has(ownerIdOf(id));
  const linkingToDoubt = new Set(bank.edges.filter(({ to }) => isDoubtful(to)).map(({ from }) => from));
  return ({ severity, rule, node }) => {
    if (severity !== "error") return !isDoubtful(node) && !linkingToDoubt.has(node);
    return !(bank.flawed.has(node) && consequences.has(rule));
  };
}

const placedIn =
  (bank: ReadBank) =>
  ({ rule, severity, structural, node, path, line, message, hint }: RuleFinding): FileFinding => {
    const place = bank.places.find(node, path, line) ?? { file: "", ...fileStart };
    return {
      rule,
      severity,
      structural,
      file: place.file,
      line: place.line,
      column: place.column,
      message,
      ...(hint ? { hint } : {}),
    };
  };
