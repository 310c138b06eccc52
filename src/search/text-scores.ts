import type { Steps } from "../domain/pacer";
import type { DocumentNumber, InvertedIndex } from "./inverted-index";
import type { Alternative, Variant, Word } from "./parse-query";

/** Words of a query that stand together, with what may stand for all of them. */
export interface QueryClause {
  readonly words: readonly Word[];
  readonly alternatives: readonly Alternative[];
}

/** The byte of a weight of one. */
const heaviest = 255;

export const weightOf = (words: readonly Word[]): number => words.reduce((sum, { weight }) => sum + weight, 0);

/** Scores of the documents of an index for one query, term at a time. */
export class TextScores {
  private readonly total = new Sums();
  private readonly clause = new Sums();
  /** The best of a word's variants, or of an alternative's words so far, by document; 0 for none. */
  private best = new Float32Array(0);
  private before = new Float32Array(0);

  constructor(private readonly index: InvertedIndex) {}

  /** Each document's score is the sum of each word's weight in it times its weight in the query. Good until the next run. */
  *run(clauses: readonly QueryClause[]): Steps<Sums> {
    const { index, total, clause } = this;
    total.start(index.size);
    if (index.size > this.best.length) {
      this.best = new Float32Array(Math.ceil(index.size * 1.25));
      this.before = new Float32Array(this.best.length);
    }
    for (const { words, alternatives } of clauses) {
      const sums = alternatives.length === 0 ? total : clause;
      if (sums === clause) clause.start(index.size);
      for (const word of words) yield* this.addWord(word, sums);
      for (const alternative of alternatives) yield* this.raiseByAlternative(alternative, weightOf(words));
      if (sums === total) continue;
      for (let at = 0; at < clause.count; at++) {
        const document = clause.document(at);
        total.add(document, clause.score(document), clause.cover(document));
      }
    }
    return total;
  }

  /** The best of the word's variants counts. */
  private *addWord({ variants, weight }: Word, sums: Sums): Steps<void> {
    const { index, best } = this;
    const isOne = variants.length === 1;
    if (!isOne) best.fill(0, 0, index.size);
    for (const variant of variants) {
      yield;
      this.addVariant(variant, weight, sums, isOne ? null : best);
    }
  }

  /** With `best`, counts where it is better than the variants before. */
  private addVariant({ term, factor }: Variant, weight: number, sums: Sums, best: Float32Array | null): void {
    const { index } = this;
    const { hasDead } = index;
    const count = index.read(term);
    const { documents, weights } = index.postings;
    const full = (weight * factor) / heaviest;
    for (let at = 0; at < count; at++) {
      const document = documents[at] as number;
      if (hasDead && !index.isAlive(document)) continue;
      const score = full * (weights[at] as number);
      const known = best ? (best[document] as number) : 0;
      if (score <= known) continue;
      if (known === 0) sums.add(document, score, weight);
      else sums.addScore(document, score - known);
      if (best) best[document] = score;
    }
  }

  /** Documents need each word; the one that says least counts, for all words that it stands for. */
  private *raiseByAlternative({ words, factor }: Alternative, weight: number): Steps<void> {
    for (const [place, variants] of words.entries()) {
      [this.before, this.best] = [this.best, this.before];
      this.best.fill(0, 0, this.index.size);
      const full = place === words.length - 1 ? weight * factor : 0;
      for (const variant of variants) {
        yield;
        this.meet(variant, place === 0, full);
      }
    }
  }

  /** Keeps the documents that hold the words before as well; with the last word, for `full`, they are in. */
  private meet({ term, factor }: Variant, isFirst: boolean, full: number): void {
    const { index, best, before, clause } = this;
    const count = index.read(term);
    const { documents, weights } = index.postings;
    const { hasDead } = index;
    const unit = factor / heaviest;
    for (let at = 0; at < count; at++) {
      const document = documents[at] as number;
      if (hasDead && !index.isAlive(document)) continue;
      const min = Math.min(unit * (weights[at] as number), isFirst ? 1 : (before[document] as number));
      if (min <= (best[document] as number)) continue;
      best[document] = min;
      if (full > 0) clause.raise(document, full * min, full);
    }
  }
}

/**
 * What documents have gathered: a score, and how much of the query, by weight, they hold. The arrays are kept from query to query, since
 * making them would take longer than most queries. A document is in as soon as it covers something, so weights are above 0.
 */
export class Sums {
  private documents = new Uint32Array(0);
  private scores = new Float32Array(0);
  private covers = new Float32Array(0);
  private found = 0;

  /** How many documents are in. */
  get count(): number {
    return this.found;
  }

  document(at: number): DocumentNumber {
    return this.documents[at] as number;
  }

  /** 0 for a document that is not in. */
  score(document: DocumentNumber): number {
    return this.scores[document] as number;
  }

  /** 0 for a document that is not in. */
  cover(document: DocumentNumber): number {
    return this.covers[document] as number;
  }

  /** Empties it, with room for documents below `size`. */
  start(size: number): void {
    if (size > this.scores.length) {
      const room = Math.max(64, Math.ceil(size * 1.25));
      this.documents = new Uint32Array(room);
      this.scores = new Float32Array(room);
      this.covers = new Float32Array(room);
    } else {
      this.scores.fill(0, 0, size);
      this.covers.fill(0, 0, size);
    }
    this.found = 0;
  }

  add(document: DocumentNumber, score: number, cover: number): void {
    if (this.covers[document] === 0) this.documents[this.found++] = document;
    this.scores[document]! += score;
    this.covers[document]! += cover;
  }

  /** Lifts both to what is given where they are lower. */
  raise(document: DocumentNumber, score: number, cover: number): void {
    if (this.covers[document] === 0) this.documents[this.found++] = document;
    if (score > (this.scores[document] as number)) this.scores[document] = score;
    if (cover > (this.covers[document] as number)) this.covers[document] = cover;
  }

  /** Adds to a document that is in. */
  addScore(document: DocumentNumber, score: number): void {
    this.scores[document]! += score;
  }
}
