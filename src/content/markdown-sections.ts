import { fromMarkdown } from "mdast-util-from-markdown";
import type { Spot } from "./file-finding";

/** A level 1 section of a Markdown file. */
export interface MarkdownSection {
  readonly heading: string;
  readonly spot: Spot;
  /** The Markdown below the heading, without blank lines around it. */
  readonly text: string;
  /** The line of the file in which `text` starts. */
  readonly line: number;
}

type Root = ReturnType<typeof fromMarkdown>;
type Heading = Extract<Root["children"][number], { type: "heading" }>;

/** Cuts Markdown at its level 1 headings, wherever they are real headings. `firstLine` is the file's line it starts in. */
export function splitSections(
  markdown: string,
  firstLine = 1,
): { readonly sections: readonly MarkdownSection[]; readonly stray: { readonly text: string; readonly line: number } } {
  const heads = fromMarkdown(markdown).children.filter(
    (child): child is Heading => child.type === "heading" && child.depth === 1,
  );
  const starts = heads.map((head) => head.position?.start.offset ?? 0);
  const sections = heads.map((head, index): MarkdownSection => {
    const end = head.position?.end.offset ?? 0;
    const text = markdown.slice(end, starts[index + 1] ?? markdown.length);
    return {
      heading: headingText(head, markdown),
      spot: { line: firstLine + (head.position?.start.line ?? 1) - 1, column: head.position?.start.column ?? 1 },
      text: trimLines(text),
      line: firstLine + countLines(markdown.slice(0, end)) + blankLines(text),
    };
  });
  const before = markdown.slice(0, starts[0] ?? markdown.length);
  return { sections, stray: { text: trimLines(before), line: firstLine + blankLines(before) } };
}

/** The items of a text that is a Markdown list and nothing else, or null. */
export function listItems(markdown: string): string[] | null {
  const { children } = fromMarkdown(markdown);
  const items: string[] = [];
  for (const child of children) {
    if (child.type !== "list") return null;
    for (const item of child.children) {
      const first = item.children[0]?.position?.start;
      if (!first) return null;
      const text = markdown.slice(first.offset, item.position?.end.offset);
      items.push(trimLines(text.replace(new RegExp(`\\n {1,${first.column - 1}}`, "g"), "\n")));
    }
  }
  return items;
}

const headingText = (head: Heading, markdown: string): string => {
  const [first, last] = [head.children[0], head.children.at(-1)];
  return markdown.slice(first?.position?.start.offset ?? 0, last?.position?.end.offset ?? 0);
};
const countLines = (text: string): number => text.split("\n").length - 1;
const leadingBlank = /^(?:[ \t]*\n)*/;
const blankLines = (text: string): number => countLines(leadingBlank.exec(text)?.[0] ?? "");
const trimLines = (text: string): string => text.replace(leadingBlank, "").trimEnd();
