import type { FileFinding } from "./file-finding";

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
