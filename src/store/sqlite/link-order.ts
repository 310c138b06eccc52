import type { NodeKind } from "../../domain/ontology/node-kinds";
import type { Order, Position } from "../../domain/graph/order";
import { fieldValue } from "./field-value";
import { closed, type Sql, sql } from "./sql";

/** How links are put in order: over rows with the columns `id` (the neighbour's) and `value` (what it is ordered by). */
export interface LinkOrder {
  /** What the column `value` is to hold. */
  readonly value: Sql;
  /** The value is a field of the neighbour, so its row `node` is needed. */
  readonly needsNode: boolean;
  readonly orderBy: Sql;
  /** The condition on `id` and `value` of what comes after the position. */
  after(position: Position): Sql;
}

export function linkOrder({ by, direction }: Order, kind: NodeKind | undefined): LinkOrder {
  const way = closed(direction);
  const beyond = closed(direction === "ASC" ? ">" : "<");
  if (by === "id") {
    return {
      value: closed("NULL"),
      needsNode: false,
      orderBy: sql`id ${way}`,
      after: ({ id }) => sql`id ${beyond} ${id}`,
    };
  }
  // A position is never absent, so the pairs compare within the index.
  if (by === "position") {
    return {
      value: closed("position"),
      needsNode: false,
      orderBy: sql`value ${way}, id ${way}`,
      after: ({ value, id }) => sql`(value, id) ${beyond} (${value}, ${id})`,
    };
  }
  return {
    value: fieldValue(kind as NodeKind, by),
    needsNode: true,
    orderBy: sql`value IS NULL, value ${way}, id ${way}`,
    after: ({ value, id }) =>
      value === null
        ? sql`value IS NULL AND id ${beyond} ${id}`
        : sql`(value IS NULL OR value ${beyond} ${value} OR (value = ${value} AND id ${beyond} ${id}))`,
  };
}
