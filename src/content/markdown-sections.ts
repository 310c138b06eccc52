import { fromMarkdown } from "mdast-util-from-markdown";
import type { Spot } from "./file-finding";

export interface MarkdownSection {
  readonly heading: string;
  readonly spot: Spot;
  /** The Markdown below the heading, without blank lines around it. */
  readonly text: string;
  /** The line of the file where `text` starts. */
  readonly line: number;
}

type Root = ReturnType<typeof fromMarkdown>;
type Heading = Extract<Root["children"][number], { type: "heading" }>;

/**
 * Cuts Markdown at its level 1 headings, but not at lines that only look like one. `firstLine` is the line of the file
 * where the Markdown starts. `stray` is the text before the first heading.
 */
export function splitSections(
  markdown: string,
  firstLine = 1,
): { readonly sections: readonly MarkdownSection[]; readonly stray: { readonly text: string; readonly line: number } } {
  const heads = plainHeads(markdown) ?? parsedHeads(markdown);
  const sections = heads.map(({ heading, start, end }, index): MarkdownSection => {
    const text = markdown.slice(end, heads[index + 1]?.start ?? markdown.length);
    const above = markdown.slice(0, start);
    return {
      heading,
      spot: { line: firstLine + countLines(above), column: start - above.lastIndexOf("\n") },
      text: trimLines(text),
      line: firstLine + countLines(markdown.slice(0, end)) + blankLines(text),
    };
  });
  const before = markdown.slice(0, heads[0]?.start ?? markdown.length);
  return { sections, stray: { text: trimLines(before), line: firstLine + blankLines(before) } };
}

interface Head {
  readonly heading: string;
  readonly start: number;
  readonly end: number;
}

function parsedHeads(markdown: string): Head[] {
  return fromMarkdown(markdown)
    .children.filter((child): child is Heading => child.type === "heading" && child.depth === 1)
    .map((head) => ({
      heading: headingText(head, markdown),
      start: head.position?.start.offset ?? 0,
      end: head.position?.end.offset ?? 0,
    }));
}

/**
 * Matches text that needs a parser to tell which lines are level 1 headings: open and indented fences, HTML blocks,
 * underlined and indented headings, closing and empty ones, and characters that only some take for the end of a line.
 */
const needsParser =
  /^[ \t]*(?:```|~~~|<|=+[ \t]*$)|^[ \t]+#(?!#)|^#(?:[ \t]*$|\t| [ \t]|(?!#).*[# \t]$)|[\r\u2028\u2029\ufeff]/m;

/**
 * Matches code between two fences at the start of their lines. Nothing outside of it can keep the first fence from
 * opening.
 */
const fenced = /^(`{3,})[^`\n]*\n(?:[^]*?\n)??\1`*[ \t]*$/gm;

/** Matches a fence that may close the code earlier, or a character that only some take for the end of a line. */
const isDoubtful = /\n +```|[\r\u2028\u2029\ufeff]/;

/**
 * Returns the headings if lines alone identify them, else null. They do in nearly every file, and take a hundredth of
 * the parser's time.
 */
function plainHeads(markdown: string): Head[] | null {
  const outside = markdown.replace(fenced, (code) => (isDoubtful.test(code) ? code : " ".repeat(code.length)));
  if (needsParser.test(outside)) return null;
  return [...outside.matchAll(/^# (.+)$/gm)].map(({ 0: line, 1: heading, index }) => ({
    heading: heading as string,
    start: index,
    end: index + line.length,
  }));
}

/** Matches an item on one line that cannot be anything else. */
const isPlainItem = /^- [\p{L}\p{N}"'`([][^\r\u2028\u2029]*$/u;

/** Returns the items of a text that is a Markdown list and nothing else; null for any other text. */
export function listItems(markdown: string): string[] | null {
  const plain = markdown.split("\n");
  if (plain.every((line) => isPlainItem.test(line))) return plain.map((line) => line.slice(2).trimEnd());
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
