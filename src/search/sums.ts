import type { DocumentNumber } from "./inverted-index";

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
