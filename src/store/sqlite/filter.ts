import { DomainError } from "../../domain/errors";
import { enumRank } from "../../domain/graph/order";
import { assertWhere, type WhereClause, type Where } from "../../domain/graph/where";
import { kindOf, type NodeId } from "../../domain/ids";
import type { Field } from "../../domain/ontology/field";
import { type NodeKind, nodeKinds } from "../../domain/ontology/node-kinds";
import { type EdgeRelation, relations } from "../../domain/ontology/relations";
import { endsOf } from "./edge-ends";
import { fieldValue } from "./field-value";
import { closed, joined, quoted, rowsOf, type Sql, sql } from "./sql";

/** The condition on the row `node` that the filter means. Throws INVALID_ARGUMENT unless it is about the one kind given. */
export function filter(kinds: readonly NodeKind[], where: Where | undefined): Sql {
  if (!where) return everything;
  const [kind, ...others] = kinds;
  if (!kind || others.length > 0) {
    throw new DomainError("INVALID_ARGUMENT", `Links to several kinds (${kinds.join(", ")}) cannot be filtered.`);
  }
  assertWhere(where, kind);
  const group = (clauses: readonly WhereClause[]) => both(clauses.map((clause) => condition(kind, clause)));
  const parts = [...(where.and ?? []).map((clause) => condition(kind, clause))];
  if (where.any) parts.push(either(where.any.map(group)));
  // An absent field makes its condition NULL, which is not to make the complement NULL too.
  if (where.not) parts.push(sql`NOT ifnull(${group(where.not)}, FALSE)`);
  return both(parts);
}

const everything = closed("TRUE");
const nothing = closed("FALSE");

const both = (parts: readonly Sql[]): Sql => (parts.length === 0 ? everything : combined(parts, " AND "));
const either = (parts: readonly Sql[]): Sql => (parts.length === 0 ? nothing : combined(parts, " OR "));

// In the order of their texts, so that one filter is one statement in whichever order its clauses were written.
const combined = (parts: readonly Sql[], operator: string): Sql =>
  sql`(${joined(
    [...parts].sort((a, b) => (a.text < b.text ? -1 : 1)),
    operator,
  )})`;

function condition(kind: NodeKind, clause: WhereClause): Sql {
  if ("field" in clause) return hasValue(kind, clause.field, clause.in);
  const relation = relations[clause.relation] as EdgeRelation;
  // Not EXISTS: SQLite makes a join of it, and may read every edge of the kind for each node.
  if ("in" in clause)
    return either(endsOf(relation).map((ends) => sql`(SELECT TRUE ${links(relation, ends, clause.in)} LIMIT 1)`));
  if (clause.all.length === 0) return nothing;
  const found = endsOf(relation).map((ends) => sql`(SELECT count(*) ${links(relation, ends, clause.all)})`);
  return sql`${joined(found, " + ")} = ${new Set(clause.all).size}`;
}

// Naming the columns of the field's index lets it be used.
function hasValue(kind: NodeKind, name: string, values: readonly (string | number | boolean)[]): Sql {
  const value = fieldValue(kind, name);
  const { type } = (nodeKinds[kind].fields as Readonly<Record<string, Field>>)[name] as Field;
  const compared = type.is === "enum" ? values.map((each) => enumRank(type.values, String(each))) : values;
  return sql`(node.kind = ${quoted(kind)} AND (${value} IS NULL) = FALSE AND ${value} IN (SELECT value FROM ${rowsOf(compared)}))`;
}

/** From the edges of the row `node` to the ids; an id that the relation cannot lead to is linked to nothing. */
function links(
  relation: EdgeRelation,
  { owner, other }: ReturnType<typeof endsOf>[number],
  ids: readonly NodeId[],
): Sql {
  const possible = ids.filter((id) => relation.targets.includes(kindOf(id)));
  return sql`FROM edge WHERE kind = ${quoted(relation.edge)} AND ${owner} = node.id AND ${other} IN (SELECT value FROM ${rowsOf(possible)})`;
}
