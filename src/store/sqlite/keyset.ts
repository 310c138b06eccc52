import type { Direction, Order, Position } from "../../domain/graph/order";
import type { NodeKind } from "../../domain/ontology/node-kinds";
import { ofKind } from "./edge-ends";
import { fieldValue } from "./field-value";
import { fieldIndex } from "./ontology-indexes";
import { closed, quoted, type Sql, sql } from "./sql";

/** Where a walk along an order starts: at the position, or right behind it. */
export interface Start {
  readonly position: Position;
  readonly inclusive: boolean;
}

/** A stretch of an index that is read in one go; stretches follow each other in the order of the walk. */
export interface KeysetRange {
  /** Named, as SQLite may take a filter's index instead and sort. */
  readonly index: Sql;
  readonly where: Sql;
  readonly order: Sql;
}

const id = closed("id");

/**
 * The nodes of a kind in the order, or against it, as stretches of the order's index. Comparing (value, id) as a pair
 * would read all equal values before the start, and no such comparison finds absent values, so each has its own stretch.
 */
export function keysetRanges(
  kind: NodeKind,
  order: Order,
  way: "along" | "against",
  start?: Start,
): readonly KeysetRange[] {
  const direction = way === "along" ? order.direction : order.direction === "ASC" ? "DESC" : "ASC";
  const compareId = start && beyond(id, direction, start.position.id, start.inclusive);
  if (order.by === "id")
    return [
      {
        index: primaryKey,
        where: sql`${ofKind(kind, id)} AND ${compareId ?? everything}`,
        order: ordered([id], direction),
      },
    ];

  const value = fieldValue(kind, order.by);
  const where = {
    present: sql`(${value} IS NULL) = FALSE`,
    absent: sql`(${value} IS NULL) = TRUE AND ${value} IS NULL`,
  };
  const index = closed(fieldIndex(kind, order.by));
  const stretch = (values: "present" | "absent", from: Sql, columns: readonly Sql[]): KeysetRange => ({
    index,
    where: sql`kind = ${quoted(kind)} AND ${where[values]} AND ${from}`,
    order: ordered(columns, direction),
  });
  const present = stretch("present", everything, [value, id]);
  const absent = stretch("absent", everything, [id]);
  const all = way === "along" ? [present, absent] : [absent, present];
  if (!start || !compareId) return all;

  const { value: from } = start.position;
  if (from === null) return [stretch("absent", compareId, [id]), ...all.slice(all.indexOf(absent) + 1)];
  return [
    stretch("present", sql`${value} = ${from} AND ${compareId}`, [id]),
    stretch("present", beyond(value, direction, from, false), [value, id]),
    ...all.slice(all.indexOf(present) + 1),
  ];
}

/** What SQLite itself calls the index of the table's primary key. */
const primaryKey = closed("sqlite_autoindex_node_1");
const everything = closed("TRUE");

const beyond = (column: Sql, direction: Direction, value: string | number, inclusive: boolean): Sql =>
  sql`${column} ${closed(`${direction === "ASC" ? ">" : "<"}${inclusive ? "=" : ""}`)} ${value}`;

const ordered = (columns: readonly Sql[], direction: Direction): Sql => ({
  text: columns.map((column) => `${column.text} ${direction}`).join(", "),
  values: [],
});
