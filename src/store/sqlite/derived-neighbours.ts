import type { Because, GraphNode, Link } from "../../domain/graph/node";
import { defaultOrder } from "../../domain/graph/order";
import type { LinkPage, NeighboursQuery } from "../../domain/graph/port";
import type { NodeId } from "../../domain/ids";
import { becauseLimit } from "../../domain/ontology/derived";
import { type DerivedRelation, type EdgeRelation, type RelationName, relations } from "../../domain/ontology/relations";
import { type EdgeEnds, endsOf, ofTargets } from "./edge-ends";
import { filter } from "./filter";
import { linkOrder } from "./link-order";
import type { SqliteSnapshot } from "./snapshot";
import { closed, joined, quoted, rowsOf, sql, type Sql } from "./sql";

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

type Alternative = DerivedRelation["derived"]["alternatives"][number];

/** What makes the derived links of the owners: rows of `owner`, `target`, `because`, `reason`, each once. */
export function derivedRows(relation: DerivedRelation, owners: readonly NodeId[]): Sql {
  const chains = relation.derived.alternatives.flatMap((alternative) =>
    waysOf(alternative).map((ways) => chain(alternative, ways, owners)),
  );
  return sql`SELECT DISTINCT * FROM (${joined(chains, " UNION ALL ")})`;
}

interface Way {
  readonly relation: EdgeRelation;
  readonly ends: EdgeEnds;
}

/** The chains of edge ends that the steps stand for; more than one where a step is undirected. */
function waysOf({ steps }: Alternative): readonly (readonly Way[])[] {
  let ways: readonly (readonly Way[])[] = [[]];
  for (const step of steps) {
    const relation = relations[step as RelationName] as EdgeRelation;
    ways = ways.flatMap((way) => endsOf(relation).map((ends) => [...way, { relation, ends }]));
  }
  return ways;
}

// CROSS JOIN keeps the order of the steps; left to itself, SQLite may begin with every edge of a kind.
function chain({ because }: Alternative, ways: readonly Way[], owners: readonly NodeId[]): Sql {
  const reached = (step: number): Sql =>
    step === 0 ? closed("owner.value") : sql`step${closed(String(step))}.${(ways[step - 1] as Way).ends.other}`;
  const joins = ways.map(({ relation, ends }, index) => {
    const step = closed(`step${index + 1}`);
    return sql`CROSS JOIN edge AS ${step} ON ${step}.kind = ${quoted(relation.edge)} AND ${step}.${ends.owner} = ${reached(index)} AND ${ofTargets(relation, sql`${step}.${ends.other}`)}`;
  });
  const reason = because.reason === undefined ? sql`NULL` : closed(`step${because.reason}.properties ->> 'reason'`);
  return sql`SELECT owner.value AS owner, ${reached(ways.length)} AS target, ${reached(because.node)} AS because, ${reason} AS reason
    FROM ${rowsOf(owners)} AS owner ${joined(joins, " ")}`;
}
