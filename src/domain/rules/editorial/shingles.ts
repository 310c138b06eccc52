/** Two of the texts that share many shingles. */
export interface Overlap {
  readonly first: number;
  readonly second: number;
  /** The shared share of the shorter one's shingles. */
  readonly share: number;
}

/**
 * Pairs of texts that share at least `share` of the shingles (runs of `size` words) of the shorter one, each pair once,
 * in the order of the texts. An inverted index counts what is shared, so the cost follows from the sharing and not from
 * the number of pairs; that the counts are exact is why this is not MinHash, whose estimates need tuning at such sizes.
 */
export function overlaps(texts: readonly (readonly string[])[], size: number, share: number): Overlap[] {
  const holders = new Map<string, number[]>();
  const sets = texts.map((words) => shinglesOf(words, size));
  sets.forEach((set, index) => {
    for (const shingle of set) {
      const list = holders.get(shingle);
      if (list) list.push(index);
      else holders.set(shingle, [index]);
    }
  });
  const found: Overlap[] = [];
  sets.forEach((set, second) => {
    const shared = new Map<number, number>();
    for (const shingle of set)
      for (const first of holders.get(shingle) as number[]) {
        if (first >= second) break;
        shared.set(first, (shared.get(first) ?? 0) + 1);
      }
    for (const [first, count] of shared) {
      const of = Math.min(set.size, sets[first]!.size);
      if (count / of >= share) found.push({ first, second, share: count / of });
    }
  });
  return found;
}

/** The words of a text as shingles are made of them. */
export const shingleWords = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

function shinglesOf(words: readonly string[], size: number): ReadonlySet<string> {
  const found = new Set<string>();
  for (let i = 0; i + size <= words.length; i++) found.add(words.slice(i, i + size).join(" "));
  return found;
}
