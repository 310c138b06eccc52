import type { Steps } from "../domain/pacer";
import type { DocumentNumber, InvertedIndex } from "./inverted-index";
import { isFirst, partCount, wordsOf } from "./names";
import { maxQueryWords, type Word } from "./parse-query";
import type { TermId } from "./vocabulary";

/** How a name meets a query. */
export interface NameMatch {
  readonly name: DocumentNumber;
  /** The query's words that are in the name, a bit each. */
  readonly words: number;
  /** The product of how exactly each of them is. */
  readonly factor: number;
  /** Whether every word of the query is in the name. */
  readonly holdsQuery: boolean;
  /** Whether every word of the name is in the query. */
  readonly isHeld: boolean;
  /** Whether one of the words is the name's first. */
  readonly hasFirst: boolean;
}

/** What is known of a name in one number: a bit for each of the query's words in it, six for how many of its own are met, one for its first. */
const bitsOfWords = 2 ** maxQueryWords - 1;
const onePart = 2 ** maxQueryWords;
const maxParts = 63;
const firstMet = 2 ** 31;

const wordsIn = (state: number): number => state & bitsOfWords;
const partsIn = (state: number): number => (state >>> maxQueryWords) & maxParts;

/** Finds the names that hold a query or are held by it: term at a time, in arrays that are kept from query to query. */
export class NameMatches {
  private found = new Uint32Array(0);
  private states = new Uint32Array(0);
  private factors = new Float32Array(0);
  private all = 0;
  private readonly match = { name: 0, words: 0, factor: 0, holdsQuery: false, isHeld: false, hasFirst: false };

  constructor(private readonly names: InvertedIndex) {}

  /** Gives how many to read. */
  *find(words: readonly Pick<Word, "variants">[]): Steps<number> {
    this.prepare();
    this.all = 2 ** words.length - 1;
    let count = 0;
    for (const [place, { variants }] of words.entries())
      for (const { term, factor } of variants) {
        yield;
        count = this.addTerm(term, factor, 1 << place, count);
      }
    return count;
  }

  /** One of those found, in no particular order: good until the next one is read. Null where only a part of both meets. */
  read(at: number): NameMatch | null {
    const { match } = this;
    const name = this.found[at] as number;
    const state = this.states[name] as number;
    match.words = wordsIn(state);
    match.holdsQuery = match.words === this.all;
    match.isHeld = partsIn(state) >= wordsOf(this.names.note(name));
    if (!match.holdsQuery && !match.isHeld) return null;
    match.name = name;
    match.factor = this.factors[name] as number;
    match.hasFirst = state >= firstMet;
    return match;
  }

  private addTerm(term: TermId, factor: number, bit: number, before: number): number {
    const read = this.names.read(term);
    const { documents, weights } = this.names.postings;
    const { hasDead } = this.names;
    const { states, factors, found } = this;
    let count = before;
    for (let at = 0; at < read; at++) {
      const name = documents[at] as number;
      const state = states[name] as number;
      if ((state & bit) !== 0 || (hasDead && !this.names.isAlive(name))) continue;
      const weight = weights[at] as number;
      if (state === 0) found[count++] = name;
      factors[name] = state === 0 ? factor : (factors[name] as number) * factor;
      const parts = Math.min(maxParts, partsIn(state) + partCount(weight)) * onePart;
      states[name] = wordsIn(state) + bit + parts + (isFirst(weight) || state >= firstMet ? firstMet : 0);
    }
    return count;
  }

  private prepare(): void {
    const { size } = this.names;
    if (size <= this.states.length) {
      this.states.fill(0, 0, size);
      return;
    }
    const room = Math.max(64, Math.ceil(size * 1.25));
    this.found = new Uint32Array(room);
    this.states = new Uint32Array(room);
    this.factors = new Float32Array(room);
  }
}
