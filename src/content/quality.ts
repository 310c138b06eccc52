import { compareText } from "../domain/graph/order";
import type { FileFinding } from "./file-finding";
import { lintText, counted } from "./lint-text";

/** What becomes of findings that a store could live with. "error": errors stop an import. "off": nobody looks for them. */
export const qualities = ["warn", "error", "off"] as const;
export type Quality = (typeof qualities)[number];

/** Whether a finding stops an import: always what no store accepts. */
export const isRefused =
  (quality: Quality) =>
  ({ structural, severity }: FileFinding): boolean =>
    structural || (quality === "error" && severity === "error");

/** The findings as warnings, or notes where they are no more than that. */
export const weakened = (findings: readonly FileFinding[]): FileFinding[] =>
  findings.map((finding) => (finding.severity === "error" ? { ...finding, severity: "warning" } : finding));
const inFull = 20;

/** Findings of quality for a person who imports: the first in full, then how many there are of each rule. */
export function qualityText(findings: readonly FileFinding[], folder?: string): string {
  const first = lintText(findings.slice(0, inFull), folder);
  if (findings.length <= inFull) return first;
  const counts = new Map<string, number>();
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  const rules = [...counts].sort(([a, m], [b, n]) => n - m || compareText(a, b));
  const lines = rules.map(([rule, count]) => `    ${rule}: ${count}\n`).join("");
  return `${first}… and ${counted(findings.length - inFull, "more finding")}; in all:\n${lines}`;
}
