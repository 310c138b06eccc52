const maxLetters = 64;
const rows = [0, 1, 2].map(() => new Uint8Array(maxLetters + 1));

/**
 * The fewest single letters to insert, delete, replace or swap with a neighbour (optimal string alignment), or a number
 * above `most` if it takes more. Swaps are what fast typing gives, and a plain Levenshtein distance counts them twice.
 */
export function editDistance(a: string, b: string, max: number): number {
  if (Math.abs(a.length - b.length) > max) return max + 1;
  const row = lastRow(a, b, max);
  return row ? (row[b.length] as number) : max + 1;
}

/** The same from a text to the beginning of a word that comes closest to it. */
export function distanceToBeginning(text: string, word: string, max: number): number {
  if (text.length > word.length + max) return max + 1;
  const row = lastRow(text, word.slice(0, text.length + max), max);
  return row ? row.subarray(0, Math.min(word.length, text.length + max) + 1).reduce((a, b) => Math.min(a, b)) : max + 1;
}

/** The distances of `a` to each beginning of `b`; null if all are above `most`, or for texts that are no words. */
function lastRow(a: string, b: string, max: number): Uint8Array | null {
  if (a.length > maxLetters || b.length > maxLetters) return null;
  let [older, before, row] = rows as [Uint8Array, Uint8Array, Uint8Array];
  for (let j = 0; j <= b.length; j++) row[j] = j;
  for (let i = 1; i <= a.length; i++) {
    [older, before, row] = [before, row, older];
    const letter = a.charCodeAt(i - 1);
    const letterBefore = a.charCodeAt(i - 2);
    let min = (row[0] = i);
    for (let j = 1; j <= b.length; j++) {
      let cost = (before[j - 1] as number) + (letter === b.charCodeAt(j - 1) ? 0 : 1);
      cost = Math.min(cost, (before[j] as number) + 1, (row[j - 1] as number) + 1);
      if (i > 1 && j > 1 && letter === b.charCodeAt(j - 2) && letterBefore === b.charCodeAt(j - 1))
        cost = Math.min(cost, (older[j - 2] as number) + 1);
      row[j] = cost;
      if (cost < min) min = cost;
    }
    if (min > max) return null;
  }
  return row;
}
