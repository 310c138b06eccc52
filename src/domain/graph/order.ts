import { isNodeKind, nodeKinds, type NodeKind } from "../ontology/node-kinds";
import type { Field } from "../ontology/field";
import type { Relation } from "../ontology/relations";
import { DomainError } from "../errors";
import type { GraphNode, Link } from "./node";

export type Direction = "ASC" | "DESC";

/**
 * A total order. `by` is "id", an indexed field of the (single) kind listed, or, for neighbours over an ordered relation,
 * "position". Absent values come last in both directions; ties break by id, in the order's direction; strings compare by
 * code point, enums by rank.
 */
export interface Order {
  readonly by: string;
  readonly direction: Direction;
}

/** A place in an order: the value ordered by (null when absent or when by id) and the node's id. */
export interface Position {
  readonly value: string | number | null;
  readonly id: string;
}

export const byId: Order = Object.freeze({ by: "id", direction: "ASC" });
export const byPosition: Order = Object.freeze({ by: "position", direction: "ASC" });

export const defaultOrder = (relation: Relation): Order => (isOrdered(relation) ? byPosition : byId);
const isOrdered = (relation: Relation): boolean => relation.derived === undefined && relation.ordered;

/** The fields that nodes of the kind can be filtered and ordered by. */
export const indexedFields = (kind: NodeKind): readonly string[] =>
  Object.entries(nodeKinds[kind].fields as Record<string, Field>)
    .filter(([, field]) => field.indexed)
    .map(([name]) => name);

/** Throws INVALID_ARGUMENT unless the order can be applied to nodes of the kinds, or to links of the relation. */
export function assertOrder(order: Order, kinds: readonly NodeKind[], relation?: Relation): void {
  const known =
    order.by === "id" ||
    (order.by === "position" && relation !== undefined && isOrdered(relation)) ||
    (kinds.length === 1 && isNodeKind(kinds[0] as string) && indexedFields(kinds[0] as NodeKind).includes(order.by));
  if (!known)
    throw new DomainError(
      "INVALID_ARGUMENT",
      `${relation?.name ?? kinds.join(", ")} cannot be ordered by ${JSON.stringify(order.by)}.`,
    );
}

/** The value that a node is ordered by as stores compare it: enums as their rank from 0; null if absent or by id. */
export function orderValue(node: GraphNode, by: string): string | number | null {
  if (by === "id") return null;
  const value = (node as unknown as Record<string, unknown>)[by];
  if (value === undefined) return null;
  const { type } = (nodeKinds[node.kind].fields as Record<string, Field>)[by] as Field;
  return type.is === "enum" ? enumRank(type.values, value as string) : (value as string | number);
}

export const enumRank = (values: Readonly<Record<string, string>>, value: string): number =>
  Object.keys(values).indexOf(value);

export const positionOfNode = (node: GraphNode, order: Order): Position => ({
  value: orderValue(node, order.by),
  id: node.id,
});

export const positionOfLink = (link: Link, order: Order): Position => ({
  value: order.by === "position" ? (link.position ?? null) : orderValue(link.node, order.by),
  id: link.node.id,
});

/** Negative when `a` comes before `b`. */
export function comparePositions(a: Position, b: Position, direction: Direction): number {
  if ((a.value === null) !== (b.value === null)) return a.value === null ? 1 : -1;
  const sign = direction === "ASC" ? 1 : -1;
  return sign * (compareValues(a.value, b.value) || compareText(a.id, b.id));
}

function compareValues(a: Position["value"], b: Position["value"]): number {
  if (a === null || b === null) return 0;
  return typeof a === "number" ? a - (b as number) : compareText(a, b as string);
}

/** Compares by code point: UTF-16 units, but surrogates (which stand for U+10000 and up) after U+E000 to U+FFFF. */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return codePointRank(x) - codePointRank(y);
  }
  return a.length - b.length;
}

const codePointRank = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);
