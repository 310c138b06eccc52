import { listItems, splitSections } from "./markdown-sections";

export interface WrittenSection {
  readonly heading: string;
  readonly text: string;
}

/** The text of the section that holds the value, or null where reading it back would give something else. */
export function sectionText(value: string | readonly string[]): string | null {
  const text =
    typeof value === "string" ? value : value.map((item) => `- ${item.replace(/\n(?!\n)/g, "\n  ")}`).join("\n");
  // An unclosed fence, comment or tag would swallow the sections after it.
  const { sections } = splitSections(
    sectionsMarkdown([
      { heading: "A", text },
      { heading: "B", text: "" },
    ]),
  );
  if (sections.length !== 2 || sections[0]?.text !== text) return null;
  if (typeof value === "string") return text;
  const items = listItems(text);
  return items?.length === value.length && items.every((item, index) => item === value[index]) ? text : null;
}

export const sectionsMarkdown = (sections: readonly WrittenSection[]): string =>
  sections.map(({ heading, text }) => `\n# ${heading}\n\n${text}\n`).join("");
