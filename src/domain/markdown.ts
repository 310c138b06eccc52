import { fromMarkdown } from "mdast-util-from-markdown";
import { ByteCache, type CacheUsage, textBytes } from "./byte-cache";

/** Bytes that texts whose links are known may take, with these links. */
export const markdownLinkBytes = 6_000_000;
/** A link with its text and target. */
const bytesOfLink = 200;

/** An inline link of the bank's own schemes: `[104 ms](measurement:hnsw-1m/p99)` is `{text: "104 ms", scheme: "measurement", target: "hnsw-1m/p99"}`. */
export interface InlineLink {
  readonly text: string;
  readonly scheme: "concept" | "tool" | "measurement" | "derived";
  readonly target: string;
  /** 1-based line within the text. */
  readonly line: number;
}

export type MarkdownNode = ReturnType<typeof fromMarkdown> | ReturnType<typeof fromMarkdown>["children"][number];

// Parsing costs about a millisecond a page, so texts that cannot hold what is looked for are not parsed.
const mayLink = /\]\(<?(?:concept|tool|measurement|derived):/;
const mayHead = /^ {0,3}(?:>\s*)*(?:[-*+]\s+|\d+[.)]\s+)*(?:#(?!#)|=+[ \t]*$)/m;

/** Whether the Markdown holds a level 1 heading, ATX or setext, outside code. */
export function holdsTopHeading(markdown: string): boolean {
  if (!/[#=]/.test(markdown) || !mayHead.test(markdown)) return false;
  let found = false;
  walkMarkdown(fromMarkdown(markdown), (node) => {
    if (node.type === "heading" && node.depth === 1) found = true;
  });
  return found;
}

/** The inline links of the bank's own schemes, in reading order; links inside code are code. */
export function inlineLinks(markdown: string): readonly InlineLink[] {
  if (!mayLink.test(markdown)) return [];
  const known = recent.get(markdown);
  if (known) return known;
  const links: InlineLink[] = [];
  walkMarkdown(parseMarkdown(markdown), (node) => links.push(...inlineLinkAt(node)));
  recent.set(markdown, links, textBytes(markdown) + bytesOfLink * links.length);
  return links;
}

// An import asks for the links of each text three times within moments: to check, to plan and to commit them.
const recent = new ByteCache<string, readonly InlineLink[]>("markdownLinks", markdownLinkBytes);

/** What is kept of the texts that were looked at last, by the whole process. */
export const markdownLinks: CacheUsage = recent;

/** The tree of a text, in which the destinations of derivations are whole. */
export const parseMarkdown = (markdown: string): MarkdownNode => fromMarkdown(withBracketedDerivations(markdown));

/** The inline link that a node of the tree is, if it is one. */
export function inlineLinkAt(node: MarkdownNode): InlineLink[] {
  const match = node.type === "link" ? /^(concept|tool|measurement|derived):(.+)$/.exec(node.url) : null;
  if (!match) return [];
  const [, scheme, target] = match as unknown as [string, InlineLink["scheme"], string];
  return [{ text: textOf(node), scheme, target, line: node.position?.start.line ?? 1 }];
}

/**
 * The Markdown with `](derived:1e7*768*4 By)` as `](<derived:1e7*768*4 By>)`: CommonMark ends a bare destination at its
 * first space, but these hold a unit after one.
 */
function withBracketedDerivations(markdown: string): string {
  const [first, ...rest] = markdown.split("](derived:");
  return rest.reduce((done, part) => {
    const end = closingParenthesis(part);
    return end < 0 ? `${done}](derived:${part}` : `${done}](<derived:${part.slice(0, end)}>${part.slice(end)}`;
  }, first as string);
}

/** Where the parenthesis closes that was open before the text, on its first line; -1 if nowhere. */
function closingParenthesis(text: string): number {
  let open = 1;
  for (let i = 0; i < text.length && text[i] !== "\n"; i++) {
    if (text[i] === "(") open++;
    else if (text[i] === ")" && --open === 0) return i;
    else if (text[i] === "<" || text[i] === ">") return -1;
  }
  return -1;
}

export function walkMarkdown(node: MarkdownNode, visit: (node: MarkdownNode) => void): void {
  visit(node);
  if ("children" in node) for (const child of node.children) walkMarkdown(child, visit);
}

export function textOf(node: MarkdownNode): string {
  if (node.type === "break") return "\n";
  if ("value" in node) return node.value;
  return "children" in node ? node.children.map((child) => textOf(child)).join("") : "";
}
