import { allRules } from "../domain/rules/run-rules";
import { type FileFinding, shapeRules } from "./file-finding";

/**
 * Formats findings as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), with paths relative to the bank's
 * folder.
 */
export function lintSarif(findings: readonly FileFinding[]): object {
  const shapes = Object.entries(shapeRules).map(([code, description]) => ({ code, description, severity: "error" }));
  const rules = [...shapes, ...allRules].map(({ code, description, severity }) => ({
    id: code,
    shortDescription: { text: description },
    defaultConfiguration: { level: severity },
  }));
  const index = new Map(rules.map(({ id }, i) => [id, i]));
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "fulcrum lint", rules } },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { BANK: { description: { text: "The bank's folder." } } },
        results: findings.map(({ rule, severity, file, line, column, message, hint }) => ({
          ruleId: rule,
          ruleIndex: index.get(rule),
          level: severity,
          message: { text: hint ? `${message} ${hint}` : message },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: encodeURI(file), uriBaseId: "BANK" },
                region: { startLine: line, startColumn: column },
              },
            },
          ],
        })),
      },
    ],
  };
}
