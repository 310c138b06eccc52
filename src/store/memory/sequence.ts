import type { Sequence } from "../../domain/graph/graph-view";
import type { Direction } from "../../domain/graph/order";

export const sequenceOf = <T>(items: readonly T[]): Sequence<T> => ({
  length: items.length,
  at: (index) => items[index] as T,
});

export const mapped = <S, T>(items: readonly S[], map: (item: S) => T): Sequence<T> => ({
  length: items.length,
  at: (index) => map(items[index] as S),
});

export const joined = <T>(head: Sequence<T>, tail: Sequence<T>): Sequence<T> => ({
  length: head.length + tail.length,
  at: (index) => (index < head.length ? head.at(index) : tail.at(index - head.length)),
});

/** An ascending sequence, read in the direction. */
export const directed = <T>(items: Sequence<T>, direction: Direction): Sequence<T> =>
  direction === "ASC" ? items : { length: items.length, at: (index) => items.at(items.length - 1 - index) };

/** The first index whose item is true of `holds`, which is false up to there and true from there on; the length if none is. */
export function firstIndex<T>(items: Sequence<T>, holds: (item: T) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(items.at(middle))) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** At most `limit` items that match, from the index on, walking by `step`, which is 1 or -1. */
export function take<T>(
  items: Sequence<T>,
  from: number,
  step: 1 | -1,
  limit: number,
  matches: (item: T) => boolean,
): T[] {
  const taken: T[] = [];
  for (let index = from; index >= 0 && index < items.length && taken.length < limit; index += step) {
    const item = items.at(index);
    if (matches(item)) taken.push(item);
  }
  return taken;
}

export const all = <T>(items: Sequence<T>): T[] => take(items, 0, 1, items.length, () => true);
