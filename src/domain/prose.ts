import { inlineLinkAt, type InlineLink, type MarkdownNode, parseMarkdown, textOf } from "./markdown";

/** A run of words: a heading, a paragraph, or the paragraph of a list item. Blocks of code are none. */
export interface Passage {
  readonly is: "heading" | "paragraph";
  /** 1-based line within the text, in which the passage starts; its own line breaks are kept in `text` and `open`. */
  readonly line: number;
  /** What a reader sees. */
  readonly text: string;
  /** The same without what is a link or code: each piece of it is a `covered` character. */
  readonly open: string;
}

/** A Markdown text as a reader takes it in. */
export interface Prose {
  /** The bank's own links, in reading order. */
  readonly links: readonly InlineLink[];
  /** In reading order. */
  readonly passages: readonly Passage[];
}

/** Stands in `Passage.open` for what is linked or code. */
export const covered = "\u0000";

// Parsing costs about a millisecond a page, and most texts are a sentence without any markup.
const mayBeMarkup = /[\n\\`*_[\]<>#|&~]|^\s*(?:[-+]|\d+[.)])\s/;

export function readProse(markdown: string): Prose {
  if (!mayBeMarkup.test(markdown))
    return { links: [], passages: [{ is: "paragraph", line: 1, text: markdown, open: markdown }] };
  const links: InlineLink[] = [];
  const passages: Passage[] = [];
  visit(parseMarkdown(markdown), links, passages);
  return { links, passages };
}

function visit(node: MarkdownNode, links: InlineLink[], passages: Passage[]): void {
  links.push(...inlineLinkAt(node));
  if (node.type === "heading" || node.type === "paragraph") {
    const line = node.position?.start.line ?? 1;
    passages.push({ is: node.type, line, text: textOf(node), open: openText(node) });
  }
  if ("children" in node) for (const child of node.children) visit(child, links, passages);
}

function openText(node: MarkdownNode): string {
  if (node.type === "link" || node.type === "inlineCode") return textOf(node).replace(/[^\n]+/g, covered);
  return "children" in node ? node.children.map(openText).join("") : textOf(node);
}

/** The words of a text as they read, those of headings among them and those of code blocks not. */
export const wordsIn = ({ passages }: Prose): string[] =>
  passages.flatMap(({ text }) => text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)));

/** The texts of the headings, in reading order. */
export const headingsIn = ({ passages }: Prose): string[] =>
  passages.flatMap(({ is, text }) => (is === "heading" ? [text] : []));

/** The text as it reads, a line a passage. */
export const textOfPassages = ({ passages }: Prose): string => passages.map(({ text }) => text).join("\n");
