import type { Steps } from "../domain/pacer";
import type { InvertedIndex } from "./inverted-index";
import { everydayWords, stopWords } from "./names";
import type { NodeNumbers } from "./node-numbers";
import { type Token, tokensOf } from "./tokens";
import type { TermId, Vocabulary } from "./vocabulary";

/** A term that stands for a word of the query, more or less. */
export interface Variant {
  readonly term: TermId;
  readonly factor: number;
}

/** A word of the query: documents need one of its variants. */
export interface Word {
  readonly variants: readonly Variant[];
  /** How much it tells documents apart: the inverse document frequency of BM25. */
  readonly weight: number;
}

/** Words that stand for others of the query; documents need each of them. */
export interface Alternative {
  readonly words: readonly (readonly Variant[])[];
  readonly factor: number;
}

/** What a query says. */
export interface ParsedQuery {
  readonly words: readonly Word[];
  /** By the place of the word in `words`. */
  readonly alternatives: ReadonlyMap<number, readonly Alternative[]>;
  /** The query with its misspellings mended; null if there were none. */
  readonly didYouMean: string | null;
}

const factors = { form: 0.9, joined: 1, prefix: 0.7, everyday: 0.6, oneEdit: 0.8, twoEdits: 0.6 };

/** More words of a query are not looked for. */
export const maxQueryWords = 24;
const maxCorrections = 3;
const maxCompletions = 8;

/** What words are known by: those that documents hold, and of these the ones in names. */
export interface KnownTerms {
  readonly vocabulary: Vocabulary;
  readonly texts: InvertedIndex;
  /** Only for a search that reveals: words that nothing else holds are known by it too. */
  readonly spoilers?: InvertedIndex;
  readonly names: InvertedIndex;
  readonly prefixes: Prefixes;
  readonly nodes: NodeNumbers;
}

/**
 * Reads a query: its words with their other forms, what people say for them every day, and for words that no text holds what may have
 * been meant. Words that say nothing are left out unless there are no others.
 */
export function* parseQuery(text: string, known: KnownTerms): Steps<ParsedQuery> {
  const all = tokensOf(text);
  const parts = all.filter(({ parts }) => parts === 1);
  const said = parts.filter(({ term }) => !stopWords.has(term));
  const tokens = distinct(said.length > 0 ? said : parts).slice(0, maxQueryWords);
  const words: Word[] = [];
  const alternatives = new Map<number, readonly Alternative[]>();
  const mended: [Token, string][] = [];
  for (const token of tokens) {
    yield;
    const variants = [...formsOf(token.term, known), ...joinedAt(token, all, parts, known)];
    const everyday = (everydayWords.get(token.term) ?? []).flatMap((phrase) => alternativeOf(phrase, known));
    if (everyday.length > 0) alternatives.set(words.length, everyday);
    if (variants.length > 0 || everyday.length > 0) {
      words.push(wordOf(variants, known));
      continue;
    }
    const meant = mend(token.term, known);
    if (meant.length > 0) mended.push([token, meant.map(({ written }) => written).join(" ")]);
    words.push(...(meant.length > 0 ? meant.map((each) => wordOf(each.variants, known)) : [wordOf([], known)]));
  }
  // A word that was two counts for two.
  return {
    words: words.slice(0, maxQueryWords),
    alternatives,
    didYouMean: mended.length > 0 ? rewritten(text, mended) : null,
  };
}

const distinct = (tokens: readonly Token[]): Token[] =>
  [...new Map([...tokens].reverse().map((token) => [token.term, token])).values()].reverse();

const countOf = (term: TermId, { texts, spoilers }: KnownTerms): number =>
  texts.documentsWith(term) + (spoilers?.documentsWith(term) ?? 0);

const isHeld = (term: TermId | undefined, known: KnownTerms): term is TermId =>
  term !== undefined && countOf(term, known) > 0;

/** The word itself and its other forms. */
export function formsOf(term: string, known: KnownTerms, factor = 1): Variant[] {
  const own = known.vocabulary.find(term);
  return known.vocabulary
    .formsOf(term)
    .filter((form) => isHeld(form, known))
    .map((form) => ({ term: form, factor: form === own ? factor : factor * factors.form }))
    .sort((a, b) => b.factor - a.factor || compare(known.vocabulary, a, b));
}

/** What the word is a part of when it is written together with the next or the one before. */
function joinedAt(token: Token, all: readonly Token[], parts: readonly Token[], known: KnownTerms): Variant[] {
  const at = parts.indexOf(token);
  const [before, after] = [parts[at - 1], parts[at + 1]];
  const written = new Set([
    ...all
      .filter((each) => each.parts > 1 && each.start <= token.start && each.end >= token.end)
      .map((each) => each.term),
    ...(before ? [before.term + token.term] : []),
    ...(after ? [token.term + after.term] : []),
  ]);
  return [...written]
    .map((term) => known.vocabulary.find(term))
    .filter((term) => isHeld(term, known))
    .map((term) => ({ term, factor: factors.joined }));
}

function wordOf(variants: readonly Variant[], known: KnownTerms): Word {
  const all = known.texts.count + (known.spoilers?.count ?? 0);
  const max = variants.reduce((count, { term }) => Math.max(count, countOf(term, known)), 0);
  return { variants, weight: Math.log(1 + (all - max + 0.5) / (max + 0.5)) };
}

/** The words of a phrase, if documents hold each of them. */
export function alternativeOf(phrase: string, known: KnownTerms, factor = factors.everyday): Alternative[] {
  const words = tokensOf(phrase)
    .filter(({ term, parts }) => parts === 1 && !stopWords.has(term))
    .map(({ term }) => formsOf(term, known));
  return words.length > 0 && words.every((variants) => variants.length > 0) ? [{ words, factor }] : [];
}

interface Mended {
  readonly written: string;
  readonly variants: readonly Variant[];
}

/** What a word that no text holds may have been meant to be: one word with variants, or two that were written as one. */
export function mend(word: string, known: KnownTerms): readonly Mended[] {
  const near = nearTo(word, known);
  const [nearest] = near;
  if (nearest && nearest.distance === 1) return [mendedBy(near, known)];
  return splitOf(word, known) ?? (nearest ? [mendedBy(near, known)] : completed(word, known));
}

/** Words of names that begin so. */
function completed(word: string, { vocabulary, names, prefixes }: KnownTerms): readonly Mended[] {
  if (word.length < minPartLength) return [];
  const terms = prefixes
    .startingWith(word)
    .map((term) => ({ term, count: names.documentsWith(term) }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || compare(vocabulary, a, b))
    .slice(0, maxCompletions);
  if (terms.length === 0) return [];
  return [
    {
      written: vocabulary.term(terms[0]!.term),
      variants: terms.map(({ term }) => ({ term, factor: factors.prefix })),
    },
  ];
}

interface Near {
  readonly term: TermId;
  readonly distance: number;
}

/** Codes such as int8 or p95 differ by one letter from others that mean something else, so they are never mended. */
const maxEdits = (word: string): number => (word.length < 4 || !/^\p{L}+$/u.test(word) ? 0 : word.length < 8 ? 1 : 2);

function nearTo(word: string, known: KnownTerms): readonly Near[] {
  const { vocabulary, names } = known;
  const max = maxEdits(word);
  if (max === 0) return [];
  const rank = ({ term, distance }: Near): readonly [number, number] => [
    distance + (vocabulary.term(term)[0] === word[0] ? 0 : 0.5) + (names.documentsWith(term) > 0 ? 0 : 0.25),
    -countOf(term, known),
  ];
  return vocabulary
    .near(word, max)
    .filter(({ term }) => isHeld(term, known) && vocabulary.term(term).length > 2)
    .map((near) => ({ near, rank: rank(near) }))
    .sort((a, b) => a.rank[0] - b.rank[0] || a.rank[1] - b.rank[1] || compare(vocabulary, a.near, b.near))
    .map(({ near }) => near)
    .filter(({ distance }, _index, all) => distance === all[0]!.distance)
    .slice(0, maxCorrections);
}

type Termed = { readonly term: TermId };
const compare = (vocabulary: Vocabulary, a: Termed, b: Termed): number =>
  vocabulary.term(a.term) < vocabulary.term(b.term) ? -1 : 1;

function mendedBy(near: readonly Near[], known: KnownTerms): Mended {
  const variants = new Map<TermId, number>();
  near.forEach(({ term, distance }, place) => {
    const factor = (distance === 1 ? factors.oneEdit : factors.twoEdits) / (1 + place / 2);
    for (const form of formsOf(known.vocabulary.term(term), known, factor))
      variants.set(form.term, Math.max(form.factor, variants.get(form.term) ?? 0));
  });
  return {
    written: known.vocabulary.term(near[0]!.term),
    variants: [...variants].map(([term, factor]) => ({ term, factor })),
  };
}

const minPartLength = 3;

/** The word as two that are known, the rarer of them as frequent as can be. */
function splitOf(word: string, known: KnownTerms): readonly Mended[] | null {
  const { vocabulary } = known;
  let best: { readonly count: number; readonly written: readonly [string, string] } | null = null;
  for (let at = minPartLength; at <= word.length - minPartLength; at++) {
    const written: [string, string] = [word.slice(0, at), word.slice(at)];
    const counts = written.map((part) => {
      const term = vocabulary.find(part);
      return term === undefined ? 0 : countOf(term, known);
    });
    const count = Math.min(...counts);
    if (count > (best?.count ?? 0)) best = { count, written };
  }
  return best && best.written.map((part) => ({ written: part, variants: formsOf(part, known) }));
}

function rewritten(text: string, mended: readonly [Token, string][]): string {
  let done = "";
  let from = 0;
  for (const [{ start, end }, written] of [...mended].sort(([a], [b]) => a.start - b.start)) {
    done += text.slice(from, start) + written;
    from = end;
  }
  return done + text.slice(from);
}

/** Terms in alphabetical order, to find those that begin alike. New ones are sorted in when next asked. */
export class Prefixes {
  private readonly known = new Set<TermId>();
  private sorted: TermId[] = [];
  private fresh: TermId[] = [];
  /** How many terms were given so far. */
  reads = 0;

  constructor(private readonly vocabulary: Vocabulary) {}

  add(term: TermId): void {
    if (this.known.has(term)) return;
    this.known.add(term);
    this.fresh.push(term);
  }

  /** In alphabetical order. */
  startingWith(prefix: string): readonly TermId[] {
    this.settle();
    let low = 0;
    for (let high = this.sorted.length; low < high;) {
      const middle = (low + high) >>> 1;
      if (this.vocabulary.term(this.sorted[middle] as TermId) < prefix) low = middle + 1;
      else high = middle;
    }
    let end = low;
    while (end < this.sorted.length && this.vocabulary.term(this.sorted[end] as TermId).startsWith(prefix)) end += 1;
    this.reads += end - low;
    return this.sorted.slice(low, end);
  }

  private settle(): void {
    if (this.fresh.length === 0) return;
    this.sorted = [...this.sorted, ...this.fresh].sort((a, b) =>
      this.vocabulary.term(a) < this.vocabulary.term(b) ? -1 : 1,
    );
    this.fresh = [];
  }
}
