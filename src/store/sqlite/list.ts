import type { GraphNode } from "../../domain/graph/node";
import { assertOrder, byId, comparePositions, type Order, type Position } from "../../domain/graph/order";
import type { ListQuery, NodePage } from "../../domain/graph/port";
import type { Where } from "../../domain/graph/where";
import type { NodeId } from "../../domain/ids";
import type { NodeKind } from "../../domain/ontology/node-kinds";
import { type EdgeRelation, relations } from "../../domain/ontology/relations";
import { endsOf, ofKind } from "./edge-ends";
import { filter } from "./filter";
import { type KeysetRange, keysetRanges, type Start } from "./keyset";
import { linkOrder } from "./link-order";
import type { SqliteSnapshot } from "./snapshot";
import { closed, joined, quoted, rowsOf, sql, type Sql } from "./sql";

interface IdPage {
  readonly ids: readonly NodeId[];
  readonly hasNext: boolean;
  readonly hasPrevious: boolean;
}

/** See `GraphReader.list`. */
export function list(snapshot: SqliteSnapshot, query: ListQuery): NodePage {
  const { kind, order = byId, where } = query;
  assertOrder(order, [kind]);
  const matching = filter([kind], where);
  const among = candidates(snapshot, kind, where);
  const { ids, hasNext, hasPrevious } = among.few
    ? sorted(snapshot, query, order, sql`${among.condition} AND ${matching}`)
    : walked(snapshot, query, order, matching);
  const nodes = snapshot.nodes(ids);
  return Object.freeze({ nodes: Object.freeze(ids.map((id) => nodes.get(id) as GraphNode)), hasNext, hasPrevious });
}

/** Walks the index of the order until the page is full. */
function walked(
  snapshot: SqliteSnapshot,
  { kind, first = 0, after, last, before }: ListQuery,
  order: Order,
  matching: Sql,
): IdPage {
  const walk = (way: "along" | "against", count: number, start?: Start) =>
    snapshot.connection
      .rows<[NodeId]>(walkStatement(keysetRanges(kind, order, way, start), matching, count))
      .map(([id]) => id);
  const past = (way: "along" | "against", position: Position | undefined) =>
    position !== undefined && walk(way, 1, { position, inclusive: true }).length > 0;

  if (last !== undefined) {
    const found = walk("against", last + 1, before && { position: before, inclusive: false });
    return { ids: found.slice(0, last).reverse(), hasNext: past("along", before), hasPrevious: found.length > last };
  }
  const found = walk("along", first + 1, after && { position: after, inclusive: false });
  return { ids: found.slice(0, first), hasNext: found.length > first, hasPrevious: past("against", after) };
}

/** The ids of at most `count` nodes, stretch after stretch; a later one is read only when those before did not suffice. */
function walkStatement(stretches: readonly KeysetRange[], matching: Sql, count: number): Sql {
  const parts = stretches.map(
    ({ index, where, order }) =>
      sql`SELECT id FROM (SELECT id FROM node INDEXED BY ${index} WHERE ${where} AND ${matching} ORDER BY ${order} LIMIT ${count})`,
  );
  return sql`${joined(parts, " UNION ALL ")} LIMIT ${count}`;
}

/** Sorts all that match and cuts the page out: for few candidates. */
function sorted(
  snapshot: SqliteSnapshot,
  { kind, first = 0, after, last, before }: ListQuery,
  order: Order,
  matching: Sql,
): IdPage {
  const { value, orderBy } = linkOrder(order, kind);
  const rows = snapshot.connection.rows<[NodeId, Position["value"]]>(
    sql`SELECT id, value FROM (SELECT node.id AS id, ${value} AS value FROM node WHERE ${matching}) ORDER BY ${orderBy}`,
  );
  const placeOf = (position: Position, isPast: (difference: number) => boolean): number => {
    const found = rows.findIndex(([id, value]) => isPast(comparePositions({ id, value }, position, order.direction)));
    return found < 0 ? rows.length : found;
  };
  const end = last === undefined ? undefined : before ? placeOf(before, (difference) => difference >= 0) : rows.length;
  const start =
    end === undefined
      ? after
        ? placeOf(after, (difference) => difference > 0)
        : 0
      : Math.max(0, end - (last as number));
  const ids = rows.slice(start, end ?? start + first).map(([id]) => id);
  return { ids, hasNext: start + ids.length < rows.length, hasPrevious: start > 0 };
}

const fewLimit = 1000;

/** The rows `node` among which those are that match a filter, as a condition. */
interface Candidates {
  readonly condition: Sql;
  /** They are few enough to be read and sorted at once. */
  readonly few: boolean;
}

/**
 * What is linked to something that the filter names, if that is little, else every node of the kind. SQLite could not tell
 * by itself, as a statement is planned before its values are known.
 */
export function candidates(snapshot: SqliteSnapshot, kind: NodeKind, where: Where | undefined): Candidates {
  for (const clause of where?.and ?? []) {
    if (!("relation" in clause)) continue;
    const relation = relations[clause.relation] as EdgeRelation;
    const ids = rowsOf("in" in clause ? clause.in : clause.all.slice(0, 1));
    const linked = joined(
      endsOf(relation).map(
        ({ owner, other }) => sql`SELECT ${owner} AS id FROM edge
          WHERE kind = ${quoted(relation.edge)} AND ${other} IN (SELECT value FROM ${ids}) AND ${ofKind(kind, owner)}`,
      ),
      " UNION ALL ",
    );
    const [count] = snapshot.connection.row<[number]>(
      sql`SELECT count(*) FROM (SELECT id FROM (${linked}) LIMIT ${fewLimit + 1})`,
    ) as [number];
    if (count <= fewLimit) return { condition: sql`node.id IN (${linked})`, few: true };
  }
  return { condition: ofKind(kind, closed("node.id")), few: false };
}
