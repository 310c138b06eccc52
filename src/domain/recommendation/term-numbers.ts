/**
 * Numbers hashes from 0 in the order in which they come. Open addressing in typed arrays, since a bank of 30,000
 * questions asks 24 million times.
 */
export class TermNumbers {
  private hashes = new Int32Array(1 << 12);
  /** A slot and one, or 0 for an empty place; twice as long as the hashes, so at most half full. */
  private places = new Int32Array(1 << 13);
  private count = 0;

  get size(): number {
    return this.count;
  }

  /** The number of a hash, a new one if it has none yet. */
  slot(hash: number): number {
    const at = this.placeOf(hash);
    const found = this.places[at] as number;
    if (found !== 0) return found - 1;
    if (this.count === this.hashes.length) {
      this.grow();
      return this.slot(hash);
    }
    this.hashes[this.count] = hash;
    this.places[at] = ++this.count;
    return this.count - 1;
  }

  /** Where the hash stands or would stand. */
  private placeOf(hash: number): number {
    const mask = this.places.length - 1;
    let at = (hash ^ (hash >>> 15)) & mask;
    for (;;) {
      const found = this.places[at] as number;
      if (found === 0 || this.hashes[found - 1] === hash) return at;
      at = (at + 1) & mask;
    }
  }

  private grow(): void {
    const hashes = new Int32Array(this.hashes.length * 2);
    hashes.set(this.hashes);
    this.hashes = hashes;
    this.places = new Int32Array(hashes.length * 2);
    for (let slot = 0; slot < this.count; slot++) this.places[this.placeOf(hashes[slot] as number)] = slot + 1;
  }
}
