import type { TermId, Vocabulary } from "./vocabulary";

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
