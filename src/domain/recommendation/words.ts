const everyday =
  "a an the of to in and or is are be it that this for on with as at by from you your we our what which would how when do does " +
  "i its not no if than one two each they them has have had can could will was were there their but so into out up more most";

const asciiParts = Uint8Array.from({ length: 128 }, (_, code) => Number(/[a-z0-9]/.test(String.fromCharCode(code))));

/** Letters and digits; whatever is not ASCII counts as a letter. */
const isPart = (code: number): boolean => code > 127 || asciiParts[code] === 1;
const codeOf = (letter: string): number => letter.charCodeAt(0);
const [d, e, g, i, l] = [codeOf("d"), codeOf("e"), codeOf("g"), codeOf("i"), codeOf("l")];
const [n, s, y] = [codeOf("n"), codeOf("s"), codeOf("y")];
const [bracket, open, close] = [codeOf("]"), codeOf("("), codeOf(")")];

/**
 * Finds the words of a text that may tell it from others: at least two letters or digits, in lower case, without everyday
 * words and destinations of links. `visit` gets a hash of the word's stem and where the word stands in `text.toLowerCase()`.
 *
 * A bank of 30,000 questions has 24 million words, so none is cut out as a string: each is hashed in place. Two words with one
 * hash (one pair in a vocabulary of 100,000) count as one.
 */
export function visitWords(text: string, visit: (hash: number, start: number, end: number) => void): void {
  const lower = text.toLowerCase();
  const { length } = lower;
  for (let at = 0; at < length; at++) {
    let code = lower.charCodeAt(at);
    if (code === bracket && at + 1 < length && lower.charCodeAt(at + 1) === open) {
      while (at < length && lower.charCodeAt(at) !== close) at++;
      continue;
    }
    if (!isPart(code)) continue;
    const start = at;
    do code = ++at < length ? lower.charCodeAt(at) : 0;
    while (isPart(code));
    const end = at--;
    if (end - start < 2) continue;
    const hash = hashOf(lower, start, stemEnd(lower, start, end));
    if (end - start > maxEverydayLength || !everydayHashes.has(hash)) visit(hash, start, end);
  }
}

/** Where the word ends without the endings -s, -ing, -ed, -ly and -e. */
function stemEnd(text: string, start: number, end: number): number {
  if (end - start <= 3) return end;
  if (text.charCodeAt(end - 1) === s && text.charCodeAt(end - 2) !== s) end -= 1;
  const last = text.charCodeAt(end - 1);
  const before = text.charCodeAt(end - 2);
  if (end - start > 5 && last === g && before === n && text.charCodeAt(end - 3) === i) return end - 3;
  if (end - start > 4 && ((last === d && before === e) || (last === y && before === l))) return end - 2;
  return end - start > 3 && last === e ? end - 1 : end;
}

/** FNV-1a over UTF-16 units, 32 bits signed, which V8 keeps without a heap number (http://www.isthe.com/chongo/tech/comp/fnv). */
function hashOf(text: string, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}

const maxEverydayLength = Math.max(...everyday.split(" ").map(({ length }) => length));
const everydayHashes = new Set(everyday.split(" ").map((word) => hashOf(word, 0, stemEnd(word, 0, word.length))));

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
