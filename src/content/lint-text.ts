import type { Severity } from "../domain/rules/finding";
import type { FileFinding } from "./file-finding";

/**
 * Formats findings for people, `file:line:column severity rule message`, each with its hint on the next line. `folder`
 * precedes the paths, so that editors can open them.
 */
export function lintText(findings: readonly FileFinding[], folder?: string): string {
  const prefix = folder === undefined ? "" : folder.replace(/\/*$/, "/");
  return findings
    .map(({ file, line, column, severity, rule, message, hint }) => {
      const first = `${prefix}${file}:${line}:${column} ${severity} ${rule} ${printable(message)}\n`;
      return hint ? `${first}    ${printable(hint)}\n` : first;
    })
    .join("");
}

/** Counts findings: `2 errors and 1 warning`. `, 3 notes` follows if there are any. */
export function lintSummary(findings: readonly FileFinding[]): string {
  const count = (severity: Severity) => counted(findings.filter((each) => each.severity === severity).length, severity);
  const notes = findings.some(({ severity }) => severity === "note") ? `, ${count("note")}` : "";
  return `${count("error")} and ${count("warning")}${notes}`;
}

export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

// Texts from files must not steer the reader's terminal.
// eslint-disable-next-line no-control-regex
const printable = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f]/g, "\ufffd");
