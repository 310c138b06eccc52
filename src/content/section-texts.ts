import { nearNames, didYouMean } from "../domain/near-names";
import { listItems, type MarkdownSection } from "./markdown-sections";
import type { ParsedFile, ReportAt } from "./parse-file";
import { nestedHeading, sectionsOf } from "./sections";

/** The value of a field that stands as a section: its text, or the texts of its list. */
export interface SectionText {
  readonly section: MarkdownSection;
  readonly value: string | readonly string[];
}

/** Names the field of a section's text: of the file's node, or of one nested under a key. */
export const sectionKey = (field: string, nested?: string, own?: string): string =>
  nested === undefined ? field : `${nested}/${own}/${field}`;

/** The sections of a file by `sectionKey`; those that fit nothing are reported. `owns` are the own slugs under each key. */
export function sectionTexts(
  parsed: ParsedFile,
  ownsUnder: (nested: string) => readonly string[],
  report: ReportAt,
): ReadonlyMap<string, SectionText> {
  const known = new Map<string, { readonly key: string; readonly form: "text" | "list" }>();
  for (const section of sectionsOf(parsed.file.kind)) {
    if ("heading" in section) known.set(section.heading, { key: sectionKey(section.field), form: section.form });
    else
      for (const own of ownsUnder(section.nested))
        known.set(nestedHeading(own, section.noun), {
          key: sectionKey(section.field, section.nested, own),
          form: "text",
        });
  }

  const texts = new Map<string, SectionText>();
  for (const section of parsed.sections) {
    const { heading, spot } = section;
    const target = known.get(heading);
    if (!target) {
      const near =
        didYouMean(nearNames(heading, known.keys())).trim() || `Known here: ${[...known.keys()].join(", ")}.`;
      report("unknown-section", spot, `There is no place for a section ${JSON.stringify(heading)}.`, near);
    } else if (texts.has(target.key)) {
      report("duplicate-key", spot, `The section ${JSON.stringify(heading)} stands here twice.`);
    } else {
      const value = target.form === "text" ? section.text : listItems(section.text);
      if (value === null)
        report(
          "wrong-type",
          { line: section.line, column: 1 },
          `The section ${JSON.stringify(heading)} must be a list and nothing else.`,
        );
      else texts.set(target.key, { section, value });
    }
  }
  return texts;
}
