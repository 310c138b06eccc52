import type { Because, GraphNode, Link } from "../../domain/graph/node";
import { defaultOrder } from "../../domain/graph/order";
import type { LinkPage, NeighboursQuery } from "../../domain/graph/port";
import type { NodeId } from "../../domain/ids";
import { becauseLimit } from "../../domain/ontology/derived";
import type { DerivedRelation } from "../../domain/ontology/relations";
import { derivedRows } from "./derived-rows";
import { filter } from "./filter";
import { linkOrder } from "./link-order";
import type { SqliteSnapshot } from "./snapshot";
import { type Sql, sql } from "./sql";

type Row = readonly [owner: NodeId, target: NodeId, because: NodeId, reason: string | null];

/** The links of a derived relation: one a target, however many chains lead there. */
export function derivedNeighbours(
  snapshot: SqliteSnapshot,
  relation: DerivedRelation,
  owners: readonly NodeId[],
  query: NeighboursQuery,
): ReadonlyMap<NodeId, LinkPage> {
  const rows = snapshot.connection.rows<Row>(pagesStatement(relation, owners, query));
  const nodes = snapshot.nodes(rows.flatMap(([, target, because]) => [target, because]));
  const pages = new Map(owners.map((owner) => [owner, new Map<NodeId, Because[]>()]));
  for (const [owner, target, because, reason] of rows) {
    const targets = pages.get(owner) as Map<NodeId, Because[]>;
    const node = nodes.get(because) as GraphNode;
    const entry: Because = Object.freeze(reason === null ? { node } : { node, reason });
    const known = targets.get(target);
    if (known) known.push(entry);
    else targets.set(target, [entry]);
  }
  return new Map([...pages].map(([owner, targets]) => [owner, page(targets, nodes, query.first)]));
}

function page(targets: ReadonlyMap<NodeId, Because[]>, nodes: ReadonlyMap<NodeId, GraphNode>, first: number): LinkPage {
  const links = [...targets].slice(0, first).map(([target, because]): Link =>
    Object.freeze({
      node: nodes.get(target) as GraphNode,
      properties: noProperties,
      because: Object.freeze(because),
    }),
  );
  return Object.freeze({ links: Object.freeze(links), hasNext: targets.size > first });
}

const noProperties = Object.freeze({});

// Chains are followed once for all owners; the windows then cut each owner's targets and each target's becauses.
function pagesStatement(relation: DerivedRelation, owners: readonly NodeId[], query: NeighboursQuery): Sql {
  const { where, first, after, order = defaultOrder(relation) } = query;
  const { value, needsNode, orderBy, after: behind } = linkOrder(order, relation.targets[0]);
  const node = needsNode || where ? sql`CROSS JOIN node ON node.id = target` : sql``;
  return sql`
    WITH link AS (
      SELECT owner, target AS id, because, reason, ${value} AS value
      FROM (${derivedRows(relation, owners)}) ${node} WHERE ${filter(relation.targets, where)}
    ), placed AS (
      SELECT owner, id, because, reason,
        dense_rank() OVER (PARTITION BY owner ORDER BY ${orderBy}) AS place,
        row_number() OVER (PARTITION BY owner, id ORDER BY because, reason) AS nth
      FROM link WHERE ${after ? behind(after) : sql`TRUE`}
    )
    SELECT owner, id, because, reason FROM placed
    WHERE place <= ${first + 1} AND nth <= ${becauseLimit} ORDER BY owner, place, nth`;
}
