import { currentDay } from "../domain/current-day";
import { compareText } from "../domain/graph/order";
import { type NodeId, ownerIdOf } from "../domain/ids";
import type { RuleFinding } from "../domain/rules/finding";
import { type RuleDepth, runRules } from "../domain/rules/run-rules";
import { type FileFinding, fileStart } from "./file-finding";
import type { ReadBank } from "./read-bank";

export interface LintOptions {
  readonly depth: RuleDepth;
  /** The day `YYYY-MM-DD` in UTC for rules about age; today by default. */
  readonly today?: string;
}

/**
 * Returns the findings of both passes of lint, by file and place. `found` holds earlier findings, such as those of
 * reading the folder. Findings that may only follow from something unreadable are left out, since the unreadable part
 * was reported itself.
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

/** Rules that a missing field or link of the node itself can break. */
const consequences = new Set([
  "required-field",
  "required-link",
  "invalid-field",
  "invalid-reference",
  "assessment-coverage",
]);

/**
 * Returns a filter that rejects consequences of unreadable files. Warnings and notes look further than one node, so
 * they wait until the node's file and the nodes that it links to can be read whole.
 */
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
