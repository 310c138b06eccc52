import type { DocumentNumber, InvertedIndex } from "./inverted-index";
import type { Alternative, Variant, Word } from "./understand";

/** Words of a query that stand together, with what may stand for all of them. */
export interface Clause {
  readonly words: readonly Word[];
  readonly alternatives: readonly Alternative[];
}

/** The byte of a weight of one. */
const heaviest = 255;

export const weightOf = (words: readonly Word[]): number => words.reduce((sum, { weight }) => sum + weight, 0);

/**
 * Scores of the documents of an index for one query, term at a time. The arrays are kept from query to query, since
 * making them would take longer than most queries; marks tell what of them is this query's.
 */
export class TextScores {
  private documents = new Uint32Array(0);
  private count = 0;
  private found = 0;
  private mark = 0;
  private lastMark = 0;
  private scores = new Float32Array(0);
  private covers = new Float32Array(0);
  private marks = new Uint32Array(0);
  private clauseScores = new Float32Array(0);
  private clauseCovers = new Float32Array(0);
  private clauseMarks = new Uint32Array(0);
  private clauseDocuments = new Uint32Array(0);
  private best = new Float32Array(0);
  private carried = new Float32Array(0);
  private bestMarks = new Uint32Array(0);

  constructor(private readonly index: InvertedIndex) {}

  /** How many documents have a score. */
  get size(): number {
    return this.count;
  }

  document(at: number): DocumentNumber {
    return this.documents[at] as number;
  }

  /** The sum of each word's weight in the document times its weight in the query; 0 without a score. */
  score(document: DocumentNumber): number {
    return this.marks[document] === this.mark ? (this.scores[document] as number) : 0;
  }

  /** How much of the query, by weight, the document holds. */
  cover(document: DocumentNumber): number {
    return this.marks[document] === this.mark ? (this.covers[document] as number) : 0;
  }

  run(clauses: readonly Clause[]): void {
    this.prepare();
    const mark = (this.mark = this.nextMark());
    for (const clause of clauses) {
      this.runClause(clause);
      for (let at = 0; at < this.found; at++) {
        const document = this.clauseDocuments[at] as number;
        if (this.marks[document] !== mark) {
          this.marks[document] = mark;
          this.scores[document] = this.covers[document] = 0;
          this.documents[this.count++] = document;
        }
        this.scores[document]! += this.clauseScores[document] as number;
        this.covers[document]! += this.clauseCovers[document] as number;
      }
    }
  }

  private runClause({ words, alternatives }: Clause): void {
    this.found = 0;
    const clause = this.nextMark();
    for (const word of words) this.addWord(word, clause);
    for (const alternative of alternatives) this.addAlternative(alternative, weightOf(words), clause);
  }

  /** The best of the word's variants counts. */
  private addWord({ variants, weight }: Word, clause: number): void {
    const mark = this.nextMark();
    for (const { term, factor } of variants) {
      const count = this.index.read(term);
      const { documents, weights } = this.index.postings;
      const { best, bestMarks, clauseScores, clauseCovers } = this;
      const [full, hasDead] = [(weight * factor) / heaviest, this.index.hasDead];
      for (let at = 0; at < count; at++) {
        const document = documents[at] as number;
        if (hasDead && !this.index.isAlive(document)) continue;
        const score = full * (weights[at] as number);
        if (bestMarks[document] !== mark) {
          bestMarks[document] = mark;
          best[document] = score;
          this.enter(document, clause);
          clauseScores[document]! += score;
          clauseCovers[document]! += weight;
        } else if (score > (best[document] as number)) {
          clauseScores[document]! += score - (best[document] as number);
          best[document] = score;
        }
      }
    }
  }

  /** Documents need each word; the one that says least counts, for all words that it stands for. */
  private addAlternative({ words, factor }: Alternative, weight: number, clause: number): void {
    let before = 0;
    words.forEach((variants, place) => {
      const mark = this.nextMark();
      const isLast = place === words.length - 1;
      for (const variant of variants) this.meet(variant, before, mark, isLast ? { weight, factor, clause } : null);
      before = mark;
    });
  }

  private meet(
    { term, factor }: Variant,
    before: number,
    mark: number,
    last: { readonly weight: number; readonly factor: number; readonly clause: number } | null,
  ): void {
    const count = this.index.read(term);
    const { documents, weights } = this.index.postings;
    const [full, hasDead] = [factor / heaviest, this.index.hasDead];
    for (let at = 0; at < count; at++) {
      const document = documents[at] as number;
      const met = this.bestMarks[document];
      if ((hasDead && !this.index.isAlive(document)) || (before !== 0 && met !== before && met !== mark)) continue;
      if (met !== mark) this.carried[document] = before === 0 ? 1 : (this.best[document] as number);
      const own = full * (weights[at] as number);
      const least = Math.min(own, this.carried[document] as number);
      if (met === mark && least <= (this.best[document] as number)) continue;
      this.bestMarks[document] = mark;
      this.best[document] = least;
      if (!last) continue;
      this.enter(document, last.clause);
      const score = last.weight * last.factor * least;
      if (score > (this.clauseScores[document] as number)) this.clauseScores[document] = score;
      const cover = last.weight * last.factor;
      if (cover > (this.clauseCovers[document] as number)) this.clauseCovers[document] = cover;
    }
  }

  private enter(document: DocumentNumber, clause: number): void {
    if (this.clauseMarks[document] === clause) return;
    this.clauseMarks[document] = clause;
    this.clauseScores[document] = this.clauseCovers[document] = 0;
    this.clauseDocuments[this.found++] = document;
  }

  private nextMark(): number {
    this.lastMark += 1;
    return this.lastMark;
  }

  private prepare(): void {
    this.count = 0;
    const { size } = this.index;
    // Marks are numbers of 32 bits; long before they run out, all is made anew.
    if (size <= this.marks.length && this.lastMark < 4_000_000_000) return;
    const room = Math.max(64, Math.ceil(size * 1.25));
    this.lastMark = 0;
    this.documents = new Uint32Array(room);
    this.clauseDocuments = new Uint32Array(room);
    this.scores = new Float32Array(room);
    this.covers = new Float32Array(room);
    this.marks = new Uint32Array(room);
    this.clauseScores = new Float32Array(room);
    this.clauseCovers = new Float32Array(room);
    this.clauseMarks = new Uint32Array(room);
    this.best = new Float32Array(room);
    this.carried = new Float32Array(room);
    this.bestMarks = new Uint32Array(room);
  }
}
