import type { YAMLMap } from "yaml";
import type { BankFile } from "./bank-file";
import { type FileFinding, fileStart, type ShapeRule, type Spot } from "./file-finding";
import { type MarkdownSection, splitSections } from "./markdown-sections";
import { sectionsOf } from "./sections";
import { parseYaml } from "./yaml-syntax";

/** A file after parsing, before its fields and links are read. */
export interface ParsedFile {
  readonly file: BankFile;
  readonly root: YAMLMap;
  readonly sections: readonly MarkdownSection[];
  spot(offset: number): Spot;
}

export type ReportAt = (rule: ShapeRule | "cycle", spot: Spot, message: string, hint?: string) => void;

/** Returns a reporter that adds structural errors about a file's form to `findings`. */
export const reporterOf =
  (file: Pick<BankFile, "path">, findings: FileFinding[]): ReportAt =>
  (rule, spot, message, hint) =>
    findings.push({
      rule,
      severity: "error",
      structural: true,
      file: file.path,
      ...spot,
      message,
      ...(hint ? { hint } : {}),
    });

/** Parses a file. Returns null, and reports why, if that is impossible. */
export function parseFile(file: BankFile, report: ReportAt): ParsedFile | null {
  const text = file.text.replace(/^\ufeff/, "").replaceAll("\r\n", "\n");
  if (sectionsOf(file.kind).length === 0) {
    const { root, spot } = parseYaml(text, report);
    return root && { file, root, sections: [], spot };
  }

  const match = /^(---\n(?:[^]*?\n)?)---[ \t]*(?:\n|$)/.exec(text);
  if (!match) {
    const hint = "Put the fields and links between two lines of ---, before the first section.";
    report("front-matter", fileStart, "The file must start with YAML front matter.", hint);
    return null;
  }
  const [whole, yaml] = match as unknown as [string, string];
  const { root, spot } = parseYaml(yaml, report);
  const firstLine = whole.split("\n").length;
  const { sections, stray } = splitSections(text.slice(whole.length), firstLine);
  if (stray.text !== "")
    report("unknown-section", { line: stray.line, column: 1 }, "Text stands before the first level 1 heading.");
  return root && { file, root, sections, spot };
}
