import { DomainError } from "../../domain/errors";
import { compareText, indexedFields } from "../../domain/graph/order";
import type { Facet, ListQuery, NeighboursQuery } from "../../domain/graph/port";
import type { NodeId } from "../../domain/ids";
import type { Field } from "../../domain/ontology/field";
import { type NodeKind, nodeKinds } from "../../domain/ontology/node-kinds";
import {
  type EdgeRelation,
  isEdgeRelation,
  type Relation,
  type RelationName,
  relations,
} from "../../domain/ontology/relations";
import { derivedRows } from "./derived-neighbours";
import { endsOf, ofKind, ofTargets } from "./edge-ends";
import { fieldValue } from "./field-value";
import { filter } from "./filter";
import { candidates } from "./list";
import { ownersAmong } from "./neighbours";
import type { SqliteSnapshot } from "./snapshot";
import { joined, quoted, rowsOf, sql, type Sql } from "./sql";

type FacetsQuery = Pick<ListQuery, "kind" | "where"> & { readonly by: string };

/** Enum fields come as ranks. */
type Row = readonly [value: string | number, count: number];

/** See `GraphReader.facets`. */
export function facets(snapshot: SqliteSnapshot, query: FacetsQuery): readonly Facet[] {
  const { kind, where, by } = query;
  const matching = where && sql`${candidates(snapshot, kind, where).condition} AND ${filter([kind], where)}`;
  const names = enumValues(kind, by);
  const rows = snapshot.connection.rows<Row>(
    names ? byField(kind, by, matching) : byRelation(relationOf(kind, by), matching),
  );
  return Object.freeze(
    rows
      .map(([value, count]): Facet =>
        Object.freeze({ value: typeof value === "number" ? (names?.[value] as string) : value, count }),
      )
      .sort((a, b) => b.count - a.count || compareText(a.value, b.value)),
  );
}

/** The values of an indexed enum field by rank; undefined for anything else. */
function enumValues(kind: NodeKind, by: string): readonly string[] | undefined {
  if (!indexedFields(kind).includes(by)) return undefined;
  const { type } = (nodeKinds[kind].fields as Readonly<Record<string, Field>>)[by] as Field;
  return type.is === "enum" ? Object.keys(type.values) : undefined;
}

function relationOf(kind: NodeKind, by: string): EdgeRelation {
  const relation = Object.hasOwn(relations, by) ? relations[by as RelationName] : undefined;
  if (!relation || relation.owner !== kind || !isEdgeRelation(relation)) {
    throw new DomainError("INVALID_ARGUMENT", `${kind} has no facets by ${JSON.stringify(by)}.`);
  }
  return relation;
}

function byField(kind: NodeKind, by: string, matching: Sql = everything): Sql {
  const value = fieldValue(kind, by);
  return sql`SELECT ${value}, count(*) FROM node
    WHERE kind = ${quoted(kind)} AND (${value} IS NULL) = FALSE AND ${matching} GROUP BY ${value}`;
}

// Without a filter the edges alone tell, in the order of an index on the other end; with one they are read for each node

// that matches. The plus keeps the owner's range from choosing the index.
function byRelation(relation: EdgeRelation, matching: Sql | undefined): Sql {
  const parts = endsOf(relation).map(({ owner, other }) =>
    matching
      ? sql`SELECT ${other} AS value FROM node CROSS JOIN edge ON edge.kind = ${quoted(relation.edge)} AND ${owner} = node.id
          WHERE ${ofTargets(relation, other)} AND ${matching}`
      : sql`SELECT ${other} AS value FROM edge
          WHERE kind = ${quoted(relation.edge)} AND ${ofKind(relation.owner, sql`+${owner}`)} AND ${ofTargets(relation, other)}`,
  );
  return sql`SELECT value, count(*) FROM (${joined(parts, " UNION ALL ")}) GROUP BY value`;
}

const everything = sql`TRUE`;
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
