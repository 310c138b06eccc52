import type { CacheUsage } from "../../domain/byte-cache";

/**
 * Keeps what was used lately, up to `maxBytes`. It has two generations of half of them each and drops the older one whole
 * when the younger is full: what is in use moves on, at a fraction of the cost of ordering everything by use. Whoever sets
 * an entry says how many bytes its key and value take.
 */
export class GenerationCache<K, V> implements CacheUsage {
  private young = new Map<K, Entry<V>>();
  private old = new Map<K, Entry<V>>();
  private totalOfOld = 0;
  private total = 0;
  private readonly maxOfHalf: number;

  constructor(
    readonly name: string,
    readonly maxBytes: number,
  ) {
    this.maxOfHalf = maxBytes / 2;
  }

  /** What both generations take; an entry that moves on counts twice for a while. */
  bytes(): number {
    return this.total + this.totalOfOld;
  }

  entries(): number {
    return this.young.size + this.old.size;
  }

  get(key: K): V | undefined {
    const young = this.young.get(key);
    if (young) return young.value;
    const old = this.old.get(key);
    if (old) this.set(key, old.value, old.bytes);
    return old?.value;
  }

  /** An entry that is larger than half of the room is not kept. */
  set(key: K, value: V, bytes: number): void {
    if (bytes > this.maxOfHalf) return;
    if (this.total + bytes > this.maxOfHalf) {
      this.old = this.young;
      this.totalOfOld = this.total;
      this.young = new Map();
      this.total = 0;
    }
    this.young.set(key, { value, bytes });
    this.total += bytes;
  }

  clear(): void {
    this.young.clear();
    this.old.clear();
    this.total = 0;
    this.totalOfOld = 0;
  }
}

interface Entry<V> {
  readonly value: V;
  readonly bytes: number;
}
