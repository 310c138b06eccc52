import { compareText } from "../domain/graph/order";
import type { GraphReader } from "../domain/graph/port";
import { type NodeId, ownerIdOf } from "../domain/ids";
import { runRules } from "../domain/rules/run-rules";
import type { FileFinding } from "./file-finding";
import { byPlace } from "./lint-bank";
import { counted, lintText } from "./lint-text";
import { readRecords } from "./records/read-records";
import type { RecordIndex } from "./records/record-index";
import type { RecordSource } from "./records/record-source";

/**
 * The treatments of findings that a store can live with: reported as warnings ("warn"), errors stop an import
 * ("error"), or not looked for ("off").
 */
export const qualities = ["warn", "error", "off"] as const;
export type Quality = (typeof qualities)[number];

/** Tells whether a finding stops an import. Structural ones always do, since no store accepts them. */
export const isRefused =
  (quality: Quality) =>
  ({ structural, severity }: FileFinding): boolean =>
    structural || (quality === "error" && severity === "error");

/** Returns the findings with errors turned into warnings. Notes stay notes. */
export const weakened = (findings: readonly FileFinding[]): FileFinding[] =>
  findings.map((finding) => (finding.severity === "error" ? { ...finding, severity: "warning" } : finding));

const inFull = 20;

/** Formats findings for a person who imports: the first 20 in full, then the number of findings of each rule. */
export function qualityText(findings: readonly FileFinding[], folder?: string): string {
  const first = lintText(findings.slice(0, inFull), folder);
  if (findings.length <= inFull) return first;
  const counts = new Map<string, number>();
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  const rules = [...counts].sort(([a, m], [b, n]) => n - m || compareText(a, b));
  const lines = rules.map(([rule, count]) => `    ${rule}: ${count}\n`).join("");
  return `${first}… and ${counted(findings.length - inFull, "more finding")}; in all:\n${lines}`;
}

/** The most bytes of records that are judged, since rules look at a whole bank at once. */
const maxBytes = 50000000;

/**
 * Returns the weaknesses of records by the rules that hold in any bank; null if the records are too large. Links to
 * nodes that only the store holds are not judged. Structural faults are left out.
 */
export async function judgeRecords(
  source: RecordSource,
  index: RecordIndex,
  reader: GraphReader,
  today: string,
): Promise<readonly FileFinding[] | null> {
  if (index.places.reduce((sum, { length }) => sum + length, 0) > maxBytes) return null;
  const bank = await readRecords(source, index, index.places, reader);
  const ends = [...bank.edges.flatMap(({ from, to }) => [from, to]), ...[...bank.mentions.values()].flat()];
  const unread = new Set<NodeId>(ends.filter((id) => !bank.nodes.has(id)).map(ownerIdOf));
  const findings = await runRules({ ...bank, unread }, "basic", { today });
  return findings
    .filter(({ structural }) => !structural)
    .map(({ node, path: _, ...finding }): FileFinding => ({
      ...finding,
      file: source.name,
      line: index.lineOf(node),
      column: 1,
    }))
    .sort(byPlace);
}
