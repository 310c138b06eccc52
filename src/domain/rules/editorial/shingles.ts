import type { Pause } from "../finding";

/** Two of the texts that share many shingles. */
export interface Overlap {
  readonly first: number;
  readonly second: number;
  /** The shared share of the shorter one's shingles. */
  readonly share: number;
}

/**
 * Pairs of texts that share at least `share` of the shingles (runs of `size` words) of the shorter one, each pair once,
 * in the order of the texts, with a pause after each text. An inverted index counts what is shared, so the cost follows
 * from the sharing and not from the number of pairs; that the counts are exact is why this is not MinHash, whose estimates need tuning at such sizes.
 */
export function* overlaps(
  texts: readonly (readonly string[])[],
  size: number,
  share: number,
): Iterable<Overlap | Pause> {
  const holders: number[][] = [];
  const sets = yield* numberedShingles(texts, size);
  for (const [index, set] of sets.entries()) {
    for (const shingle of set) (holders[shingle] ??= []).push(index);
    yield null;
  }
  for (const [second, set] of sets.entries()) {
    const shared = new Map<number, number>();
    for (const shingle of set)
      for (const first of holders[shingle] as number[]) {
        if (first >= second) break;
        shared.set(first, (shared.get(first) ?? 0) + 1);
      }
    for (const [first, count] of shared) {
      const of = Math.min(set.size, sets[first]!.size);
      if (count / of >= share) yield { first, second, share: count / of };
    }
    yield null;
  }
}

/** The words of a text as shingles are made of them. */
export const shingleWords = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** The shingles of each text as numbers: equal runs of words have the same, from 0 without gaps. */
function* numberedShingles(
  texts: readonly (readonly string[])[],
  size: number,
): Generator<Pause, readonly ReadonlySet<number>[]> {
  const wordNumbers = new Map<string, number>();
  let runs = texts.map((words) => words.map((word) => numberOf(wordNumbers, word)));
  const words = runs;
  const base = wordNumbers.size;
  for (let length = 2; length <= size; length++) {
    // A run is the run that is one word shorter and its last word.
    const numbers = new Map<number, number>();
    const longer: number[][] = [];
    for (const [index, text] of runs.entries()) {
      longer.push(text.slice(0, -1).map((run, at) => numberOf(numbers, run * base + words[index]![at + length - 1]!)));
      yield null;
    }
    runs = longer;
  }
  return runs.map((text) => new Set(text));
}

function numberOf<T>(numbers: Map<T, number>, key: T): number {
  const known = numbers.get(key) ?? numbers.size;
  numbers.set(key, known);
  return known;
}
