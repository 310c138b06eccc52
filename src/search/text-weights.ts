import type { TextRole } from "./searched-texts";
import { visitTokens } from "./tokens";
import type { Weights } from "./inverted-index";
import type { TermId, Vocabulary } from "./vocabulary";

interface PlaceWeight {
  /** What a word there counts for. */
  readonly boost: number;
  /** The usual number of words there; 0 where length does not matter. */
  readonly usual: number;
}

const placeWeights: Readonly<Record<TextRole, PlaceWeight>> = {
  title: { boost: 4, usual: 5 },
  alias: { boost: 2.5, usual: 0 },
  slug: { boost: 1, usual: 0 },
  brief: { boost: 1, usual: 30 },
  long: { boost: 0.5, usual: 120 },
};

/** How much of a count is shared out over a text's length, and where more of the same word stops to matter. */
const lengthShare = 0.6;
const saturation = 1.2;

export interface PlacedTexts {
  readonly place: TextRole;
  readonly texts: readonly string[];
}

/**
 * How much each term says about a document: BM25F (Robertson and Zaragoza, 2009, section 3.6) with fixed usual lengths instead of the bank's
 * averages, so that a document's weights do not change with other documents; rounded to a byte.
 */
export function weightsOf(fields: Iterable<PlacedTexts>, vocabulary: Vocabulary): Weights {
  const sums = new Map<TermId, number>();
  for (const { place, texts } of fields) {
    const { boost, usual } = placeWeights[place];
    const found: TermId[] = [];
    let words = 0;
    for (const text of texts)
      visitTokens(plainText(text), (word, _start, _end, parts) => {
        if (parts === 1) words += 1;
        found.push(vocabulary.add(word));
      });
    const each = boost / (usual === 0 ? 1 : 1 - lengthShare + (lengthShare * words) / usual);
    for (const term of found) sums.set(term, (sums.get(term) ?? 0) + each);
  }
  for (const [term, sum] of sums) sums.set(term, Math.max(1, Math.round((255 * sum) / (sum + saturation))));
  return sums;
}

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
