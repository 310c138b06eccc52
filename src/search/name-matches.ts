import type { DocumentNumber, InvertedIndex } from "./inverted-index";
import { isFirst, partsOf, wordsOf } from "./names";
import type { Word } from "./understand";

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

/** Finds the names that hold a query or are held by it. */
export class NameMatches {
  private found = new Uint32Array(0);
  private marks = new Uint32Array(0);
  private words = new Uint32Array(0);
  private parts = new Uint8Array(0);
  private firsts = new Uint8Array(0);
  private factors = new Float32Array(0);
  private mark = 0;

  constructor(private readonly names: InvertedIndex) {}

  /** Visits them in no particular order; what a visit gets is good until the next one. */
  visit(words: readonly Pick<Word, "variants">[], visit: (match: NameMatch) => void): void {
    this.prepare();
    const mark = (this.mark += 1);
    let count = 0;
    const { hasDead } = this.names;
    words.forEach(({ variants }, place) => {
      for (const { term, factor } of variants) {
        const read = this.names.read(term);
        const { documents, weights } = this.names.postings;
        for (let at = 0; at < read; at++) {
          const name = documents[at] as number;
          if (hasDead && !this.names.isAlive(name)) continue;
          if (this.marks[name] !== mark) {
            this.marks[name] = mark;
            this.words[name] = this.parts[name] = this.firsts[name] = 0;
            this.factors[name] = 1;
            this.found[count++] = name;
          }
          if (((this.words[name] as number) & (1 << place)) !== 0) continue;
          this.words[name]! |= 1 << place;
          this.parts[name]! += partsOf(weights[at] as number);
          this.factors[name]! *= factor;
          if (isFirst(weights[at] as number)) this.firsts[name] = 1;
        }
      }
    });
    const all = 2 ** words.length - 1;
    const match = { name: 0, words: 0, factor: 0, holdsQuery: false, isHeld: false, hasFirst: false };
    for (let at = 0; at < count; at++) {
      const name = this.found[at] as number;
      match.words = this.words[name] as number;
      match.holdsQuery = match.words === all;
      match.isHeld = (this.parts[name] as number) >= wordsOf(this.names.note(name));
      if (!match.holdsQuery && !match.isHeld) continue;
      match.name = name;
      match.factor = this.factors[name] as number;
      match.hasFirst = this.firsts[name] === 1;
      visit(match);
    }
  }

  private prepare(): void {
    const { size } = this.names;
    if (size <= this.marks.length && this.mark < 4_000_000_000) return;
    const room = Math.max(64, Math.ceil(size * 1.25));
    this.mark = 0;
    this.found = new Uint32Array(room);
    this.marks = new Uint32Array(room);
    this.words = new Uint32Array(room);
    this.parts = new Uint8Array(room);
    this.firsts = new Uint8Array(room);
    this.factors = new Float32Array(room);
  }
}
