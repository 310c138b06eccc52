/**
 * The documents that hold a term, by rising number, each with a weight of a byte: the step from the number before, as a
 * varint, then the weight. Two to three bytes a document, where a Map takes forty.
 */
export class PostingList {
  private bytes = new Uint8Array(8);
  private length = 0;
  private last = -1;
  private size = 0;

  /** How many documents it holds. */
  get count(): number {
    return this.size;
  }

  /** Adds a document with a higher number than those before. */
  add(document: number, weight: number): void {
    if (this.length + 6 > this.bytes.length) this.grow();
    let step = document - this.last;
    while (step > 127) {
      this.bytes[this.length++] = (step & 127) | 128;
      step >>>= 7;
    }
    this.bytes[this.length++] = step;
    this.bytes[this.length++] = weight;
    this.last = document;
    this.size += 1;
  }

  /** Writes the documents and their weights into arrays that have room for `count` of them. */
  read(documents: Uint32Array, weights: Uint8Array): number {
    const { bytes, length } = this;
    let document = -1;
    let found = 0;
    for (let at = 0; at < length;) {
      let byte = bytes[at++] as number;
      let step = byte & 127;
      for (let shift = 7; byte > 127; shift += 7) {
        byte = bytes[at++] as number;
        step |= (byte & 127) << shift;
      }
      document += step;
      documents[found] = document;
      weights[found++] = bytes[at++] as number;
    }
    return found;
  }

  private grow(): void {
    const larger = new Uint8Array(Math.ceil(this.bytes.length * 1.5) + 8);
    larger.set(this.bytes);
    this.bytes = larger;
  }
}
