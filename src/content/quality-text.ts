import { compareText } from "../domain/graph/order";
import type { FileFinding } from "./file-finding";
import { counted, lintText } from "./lint-text";

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
