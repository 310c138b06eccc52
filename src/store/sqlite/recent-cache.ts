/**
 * Keeps what was used lately, up to about twice `limit` by weight. It has two generations and drops the older one whole
 * when the younger is full: what is in use moves on, at a fraction of the cost of ordering everything by use.
 */
export class RecentCache<K, V> {
  private young = new Map<K, Entry<V>>();
  private old = new Map<K, Entry<V>>();
  private weight = 0;

  constructor(private readonly limit: number) {}

  get(key: K): V | undefined {
    const young = this.young.get(key);
    if (young) return young.value;
    const old = this.old.get(key);
    if (old) this.set(key, old.value, old.weight);
    return old?.value;
  }

  set(key: K, value: V, weight = 1): void {
    if (this.weight >= this.limit) {
      this.old = this.young;
      this.young = new Map();
      this.weight = 0;
    }
    this.young.set(key, { value, weight });
    this.weight += weight;
  }

  clear(): void {
    this.young.clear();
    this.old.clear();
    this.weight = 0;
  }
}

interface Entry<V> {
  readonly value: V;
  readonly weight: number;
}
