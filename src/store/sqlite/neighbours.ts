import type { GraphNode, Link, Properties } from "../../domain/graph/node";
import { assertOrder, defaultOrder, type Order } from "../../domain/graph/order";
import type { LinkPage, NeighboursQuery } from "../../domain/graph/port";
import { kindOf, type NodeId } from "../../domain/ids";
import { type EdgeRelation, isEdgeRelation, type Relation, relations } from "../../domain/ontology/relations";
import { deepFreeze } from "../../domain/deep-freeze";
import { derivedNeighbours } from "./derived-neighbours";
import { endsOf, ofTargets } from "./edge-ends";
import { filter } from "./filter";
import { linkOrder } from "./link-order";
import { positionIndex } from "./ontology-indexes";
import type { SqliteSnapshot } from "./snapshot";
import { closed, joined, quoted, rowsOf, type Sql, sql } from "./sql";

/** See `GraphReader.neighbours`. */
export function neighbours(snapshot: SqliteSnapshot, query: NeighboursQuery): ReadonlyMap<NodeId, LinkPage> {
  const { of, ...question } = query;
  const relation = relations[query.relation];
  assertOrder(query.order ?? defaultOrder(relation), relation.targets, relation);
  return snapshot.answersAbout(
    `neighbours ${JSON.stringify(question)}`,
    of,
    (page) => page.links.length,
    (ids) => {
      const owners = ownersAmong(snapshot, relation, ids);
      return isEdgeRelation(relation)
        ? edgeNeighbours(snapshot, relation, owners, query)
        : derivedNeighbours(snapshot, relation, owners, query);
    },
  );
}

/** Those of the ids that are nodes of the relation's owner kind, each once. */
export function ownersAmong(snapshot: SqliteSnapshot, relation: Relation, ids: readonly NodeId[]): readonly NodeId[] {
  return [...snapshot.nodes(ids.filter((id) => kindOf(id) === relation.owner)).keys()];
}

type LinkRow = readonly [id: NodeId, position: number | null, properties: Properties];

function edgeNeighbours(
  snapshot: SqliteSnapshot,
  relation: EdgeRelation,
  owners: readonly NodeId[],
  query: NeighboursQuery,
): ReadonlyMap<NodeId, LinkPage> {
  const [text] = snapshot.connection.row<[string | null]>(pagesStatement(relation, owners, query)) as [string | null];
  const pages = JSON.parse(text ?? "[]") as readonly (readonly [NodeId, LinkRow[]])[];
  const nodes = snapshot.nodes(neighbourIds(pages));
  return new Map(
    pages.map(([owner, rows]) => {
      const hasNext = rows.length > query.first;
      if (hasNext) rows.pop();
      const links = rows.map((row) => linkOf(row, nodes));
      return [owner, Object.freeze({ links: Object.freeze(links), hasNext })];
    }),
  );
}

function* neighbourIds(pages: readonly (readonly [NodeId, LinkRow[]])[]): Iterable<NodeId> {
  for (const [, rows] of pages) for (const [id] of rows) yield id;
}

function linkOf([id, position, properties]: LinkRow, nodes: ReadonlyMap<NodeId, GraphNode>): Link {
  const node = nodes.get(id) as GraphNode;
  deepFreeze(properties);
  return Object.freeze(position === null ? { node, properties } : { node, properties, position });
}

/**
 * One text of JSON for all owners: `[[owner, [[id, position, properties], …]], …]`, with one link more than asked for.
 * A row a link would cost more than twice the time: most of it goes into handing values over to JavaScript. The text is
 * put together by hand, as ids hold nothing to escape and properties are JSON already. The aggregates take the rows as the
 * subqueries give them, so the links stay in order.
 */
function pagesStatement(relation: EdgeRelation, owners: readonly NodeId[], query: NeighboursQuery): Sql {
  return sql`
    SELECT '[' || group_concat('["' || owner.value || '",[' || ifnull((
      SELECT group_concat('["' || id || '",' || ifnull(position, 'null') || ',' || properties || ']')
      FROM (${pageOf(relation, query)})
    ), '') || ']]') || ']'
    FROM ${rowsOf(owners)} AS owner`;
}

/**
 * The links of the row `owner`. Only its own ends of the edges are read, in the order of an index where there is one. Where
 * the neighbours themselves are looked at, to filter or to sort, what the edges hold is read for the page alone.
 */
function pageOf(relation: EdgeRelation, { where, first, after, order = defaultOrder(relation) }: NeighboursQuery): Sql {
  const { value, needsNode, orderBy, after: behind } = linkOrder(order, relation.targets[0]);
  const kind = sql`edge.kind = ${quoted(relation.edge)}`;
  const looksAtNodes = needsNode || where !== undefined;
  const columns = closed(looksAtNodes ? "edge.from_id, edge.to_id" : "position, properties");
  const parts = endsOf(relation).map(
    ({ owner, other }) => sql`SELECT ${other} AS id, ${columns}, ${value} AS value
      FROM edge ${indexFor(relation, order)} ${looksAtNodes ? sql`CROSS JOIN node ON node.id = ${other}` : sql``}
      WHERE ${kind} AND ${owner} = owner.value AND ${ofTargets(relation, other)} AND ${filter(relation.targets, where)}`,
  );
  const page = sql`SELECT * FROM (${joined(parts, " UNION ALL ")})
    WHERE ${after ? behind(after) : sql`TRUE`} ORDER BY ${orderBy} LIMIT ${first + 1}`;
  if (!looksAtNodes) return page;
  return sql`SELECT page.id, edge.position, edge.properties FROM (${page}) AS page
    CROSS JOIN edge ON ${kind} AND edge.from_id = page.from_id AND edge.to_id = page.to_id`;
}

// Left to itself, SQLite sorts a hub by position rather than look up the properties of a page.
const indexFor = (relation: EdgeRelation, { by }: Order): Sql =>
  by === "position" ? sql`INDEXED BY ${closed(positionIndex(relation.edge))}` : sql``;
