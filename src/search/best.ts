/** Something with a score; the order is by score, highest first, and then by id. */
export interface Scored {
  readonly id: string;
  readonly score: number;
}

export const compareScored = (a: Scored, b: Scored): number =>
  b.score - a.score || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Keeps the best `most` of what it is offered: a heap with the worst of them on top. */
export class Best<T extends Scored> {
  private readonly heap: T[] = [];

  constructor(private readonly max: number) {}

  /** What a score must reach to matter still. */
  get min(): number {
    return this.heap.length < this.max ? -Infinity : (this.heap[0] as T).score;
  }

  /** Whether an item with this score and id would be among the best. */
  wants(score: number, id: string): boolean {
    const { heap, max } = this;
    if (heap.length < max) return true;
    const worst = heap[0];
    return worst !== undefined && (score > worst.score || (score === worst.score && id < worst.id));
  }

  offer(item: T): void {
    const { heap } = this;
    if (heap.length < this.max) {
      heap.push(item);
      this.rise(heap.length - 1);
    } else if (this.wants(item.score, item.id)) {
      heap[0] = item;
      this.sink(0);
    }
  }

  /** The same where several items may have one id: the best of them, and of equals the first, stands for all. */
  offerOnce(item: T): void {
    const at = this.heap.findIndex(({ id }) => id === item.id);
    if (at < 0) return this.offer(item);
    if (compareScored(item, this.heap[at] as T) >= 0) return;
    this.heap[at] = item;
    this.sink(at);
  }

  /** In order. */
  all(): T[] {
    return [...this.heap].sort(compareScored);
  }

  private isWorse(a: number, b: number): boolean {
    return compareScored(this.heap[a] as T, this.heap[b] as T) > 0;
  }

  private rise(at: number): void {
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.isWorse(at, parent)) return;
      this.swap(at, parent);
      at = parent;
    }
  }

  private sink(from: number): void {
    for (let at = from; ;) {
      let worst = at;
      for (const child of [2 * at + 1, 2 * at + 2])
        if (child < this.heap.length && this.isWorse(child, worst)) worst = child;
      if (worst === at) return;
      this.swap(at, worst);
      at = worst;
    }
  }

  private swap(a: number, b: number): void {
    [this.heap[a], this.heap[b]] = [this.heap[b] as T, this.heap[a] as T];
  }
}

/** Scores that differ by less may be the same: those of sums that differ only in the order of their parts. */
export const minStep = 0.0001;
export const rounded = (score: number): number => Math.round(score * 10_000) / 10_000;
