import { compareText } from "../domain/graph/order";
import { ownerIdOf } from "../domain/ids";
import type { RuleFinding } from "../domain/rules/finding";
import { runRules } from "../domain/rules/run-rules";
import { type FileFinding, fileStart } from "./file-finding";
import type { ReadBank } from "./read-bank";

/**
 * Both passes of lint over what was read, by file and place. `found` are findings from before, such as of reading the
 * folder. Warnings are about a bank that is sound, so they wait until nothing structural is wrong.
 */
export async function lintBank(bank: ReadBank, found: readonly FileFinding[] = []): Promise<FileFinding[]> {
  const isReadable = (id: Parameters<typeof ownerIdOf>[0]) => !bank.unread.has(ownerIdOf(id));
  const edges = bank.edges.filter(({ from, to }) => isReadable(from) && isReadable(to));
  const broken = await runRules({ nodes: bank.nodes, edges, unread: bank.unread });
  const placed = broken.filter((finding) => !isKnown(finding, bank)).map(placedIn(bank));
  const findings = [...found, ...bank.findings, ...placed];
  const isUnsound = findings.some(({ structural }) => structural);
  return findings
    .filter(({ severity }) => severity === "error" || !isUnsound)
    .sort(
      (a, b) => compareText(a.file, b.file) || a.line - b.line || a.column - b.column || compareText(a.rule, b.rule),
    );
}

const consequences = new Set([
  "required-field",
  "required-link",
  "invalid-field",
  "invalid-reference",
  "assessment-coverage",
]);

/** Whether a finding may only follow from something in the node that could not be read and was reported then. */
const isKnown = (finding: RuleFinding, bank: ReadBank): boolean =>
  bank.flawed.has(finding.node) && consequences.has(finding.rule);

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
