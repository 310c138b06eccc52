import type { ListQuery, NeighboursQuery } from "../../domain/graph/port";
import type { NodeId } from "../../domain/ids";
import { isEdgeRelation, type Relation, relations } from "../../domain/ontology/relations";
import { candidates } from "./candidates";
import { derivedRows } from "./derived-rows";
import { endsOf, ofTargets } from "./edge-ends";
import { filter } from "./filter";
import { ownersAmong } from "./neighbours";
import type { SqliteSnapshot } from "./snapshot";
import { joined, quoted, rowsOf, type Sql, sql } from "./sql";

type CountsQuery = Pick<NeighboursQuery, "relation" | "of" | "where">;

/** See `GraphReader.counts`. */
export function counts(snapshot: SqliteSnapshot, query: CountsQuery): ReadonlyMap<NodeId, number> {
  const relation = relations[query.relation];
  const owners = ownersAmong(snapshot, relation, query.of);
  const found = new Map(snapshot.connection.rows<[NodeId, number]>(statementFor(relation, owners, query)));
  return new Map(owners.map((owner) => [owner, found.get(owner) ?? 0]));
}

function statementFor(relation: Relation, owners: readonly NodeId[], { where }: CountsQuery): Sql {
  const matching = filter(relation.targets, where);
  const node = (id: Sql): Sql => (where ? sql`CROSS JOIN node ON node.id = ${id}` : sql``);
  if (!isEdgeRelation(relation)) {
    return sql`SELECT owner, count(DISTINCT target) FROM (${derivedRows(relation, owners)}) ${node(sql`target`)} WHERE ${matching} GROUP BY owner`;
  }
  const parts = endsOf(relation).map(
    ({ owner, other }) => sql`(SELECT count(*) FROM edge ${node(other)}
      WHERE edge.kind = ${quoted(relation.edge)} AND ${owner} = owner.value AND ${ofTargets(relation, other)} AND ${matching})`,
  );
  return sql`SELECT owner.value, ${joined(parts, " + ")} FROM ${rowsOf(owners)} AS owner`;
}

/** See `GraphReader.count`. */
export function count(snapshot: SqliteSnapshot, { kind, where }: Pick<ListQuery, "kind" | "where">): number {
  const matching = filter([kind], where);
  const { condition } = candidates(snapshot, kind, where);
  const [found] = snapshot.connection.row<[number]>(
    sql`SELECT count(*) FROM node WHERE ${condition} AND ${matching}`,
  ) as [number];
  return found;
}
