import { comparePositions, type Direction, type Position } from "../../domain/graph/order";
import type { Sequence } from "../../domain/graph/graph-view";
import { directed, joined, sequenceOf } from "./sequence";
import { type ListEdit, edited } from "./sorted-list";

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
