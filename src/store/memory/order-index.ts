import { comparePositions, type Direction, type Position } from "../../domain/graph/order";
import type { Sequence } from "../../domain/graph/graph-view";
import { directed, firstIndex, joined, sequenceOf } from "./sequence";

/** Items sorted by a value and then their id; those without a value apart, because they come last in both directions. */
export interface OrderIndex<T> {
  readonly present: readonly T[];
  readonly absent: readonly T[];
}

type PositionOf<T> = (item: T) => Position;

export function orderIndex<T>(items: Iterable<T>, positionOf: PositionOf<T>): OrderIndex<T> {
  const placed = Array.from(items, (item) => ({ item, position: positionOf(item) }));
  placed.sort((a, b) => comparePositions(a.position, b.position, "ASC"));
  const present = placed.filter(({ position }) => position.value !== null);
  const absent = placed.filter(({ position }) => position.value === null);
  return { present: present.map(({ item }) => item), absent: absent.map(({ item }) => item) };
}

export function editedIndex<T>(index: OrderIndex<T>, edit: ListEdit<T>, positionOf: PositionOf<T>): OrderIndex<T> {
  const compare = (a: T, b: T) => comparePositions(positionOf(a), positionOf(b), "ASC");
  const part = (isPart: (item: T) => boolean) => ({
    removed: edit.removed.filter(isPart),
    added: edit.added.filter(isPart),
  });
  return {
    present: edited(
      index.present,
      part((item) => positionOf(item).value !== null),
      compare,
    ),
    absent: edited(
      index.absent,
      part((item) => positionOf(item).value === null),
      compare,
    ),
  };
}

/** The items in the direction: ties by id in the same direction, those without a value last. */
export const inDirection = <T>(index: OrderIndex<T>, direction: Direction): Sequence<T> =>
  joined(directed(sequenceOf(index.present), direction), directed(sequenceOf(index.absent), direction));
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
