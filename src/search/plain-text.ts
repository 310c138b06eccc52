const fence = /^ {0,3}(?:```|~~~).*$/gm;
const heading = /^#{1,6} +/gm;
const link = /\[([^[\]]*)\]\((?:<[^<>]*>|[^()]*(?:\([^()]*\)[^()]*)*)\)/g;
const emphasis = /\*\*|`/g;

/**
 * Markdown roughly as it reads: links by their text, no marks of headings, fences, code and bold. A parser takes a
 * millisecond a page, too long for a page of results and for the thousands of texts that an index is made of.
 */
export const plainText = (markdown: string): string =>
  /[`[#*~]/.test(markdown)
    ? markdown.replace(fence, "").replace(heading, "").replace(link, "$1").replace(emphasis, "")
    : markdown;
