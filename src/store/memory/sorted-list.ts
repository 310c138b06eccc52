import { firstIndex, sequenceOf } from "./sequence";

export interface ListEdit<T> {
  readonly removed: readonly T[];
  readonly added: readonly T[];
}

/**
 * A sorted list with some items taken out and others put in; the given list stays as it is. Throws if an item to take
 * out is not there: then the edit was not made against this list.
 */
export function edited<T>(items: readonly T[], edit: ListEdit<T>, compare: (a: T, b: T) => number): readonly T[] {
  const removed = edit.removed.map((item) => {
    const index = firstIndex(sequenceOf(items), (other) => compare(other, item) >= 0);
    if (index === items.length || compare(items[index] as T, item) !== 0)
      throw new Error("The change does not fit this revision.");
    return { index, skip: 1, put: [] as readonly T[] };
  });
  const added = edit.added.map((item) => {
    const index = firstIndex(sequenceOf(items), (other) => compare(other, item) >= 0);
    return { index, skip: 0, put: [item] };
  });
  added.sort((a, b) => compare(a.put[0] as T, b.put[0] as T));
  return spliced(
    items,
    [...added, ...removed].sort((a, b) => a.index - b.index),
  );
}

/** Copies what lies between the places, which are in order; each place skips items, then puts others in. */
function spliced<T>(
  items: readonly T[],
  places: readonly { readonly index: number; readonly skip: number; readonly put: readonly T[] }[],
): readonly T[] {
  const result: T[] = [];
  let next = 0;
  for (const { index, skip, put } of places) {
    for (; next < index; next++) result.push(items[next] as T);
    next += skip;
    result.push(...put);
  }
  for (; next < items.length; next++) result.push(items[next] as T);
  return result;
}
