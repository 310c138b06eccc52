import { DomainError } from "../../../domain/errors";
import { compareText } from "../../../domain/graph/order";
import { assertWhere, type WhereClause, type Where } from "../../../domain/graph/where";
import { kindOf } from "../../../domain/ids";
import type { NodeKind } from "../../../domain/ontology/node-kinds";
import { type EdgeRelation, relations } from "../../../domain/ontology/relations";
import { comparable } from "../order-keys";
import { pattern, targetOf } from "./pattern";

/** A condition on the node `n` for a WHERE clause, such as `n.difficulty IN $w0`, with its parameters. */
export interface CypherCondition {
  readonly text: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/**
 * Returns the condition for a filter, or null without a filter or clauses. Throws INVALID_ARGUMENT for several kinds,
 * and for a filter that does not fit the kind.
 */
export function filter(kinds: readonly NodeKind[], where: Where | undefined): CypherCondition | null {
  if (!where) return null;
  const [kind, ...others] = kinds;
  if (!kind || others.length > 0) {
    throw new DomainError("INVALID_ARGUMENT", `Links to several kinds (${kinds.join(", ")}) cannot be filtered.`);
  }
  assertWhere(where, kind);
  const parameters: Record<string, unknown> = {};
  const parameter = (value: unknown): string => {
    const name = `w${Object.keys(parameters).length}`;
    parameters[name] = value;
    return `$${name}`;
  };
  // A parameter, not a literal: Neo4j drops what a literal false makes superfluous, and then rejects its index hints.
  const always = (truth: boolean) => parameter(truth);
  const all = (clauses: readonly WhereClause[]) => inOrder(clauses).map((clause) => condition(clause, parameter));
  const both = (clauses: readonly WhereClause[]) => (clauses.length === 0 ? always(true) : all(clauses).join(" AND "));
  // Within coalesce, so that Neo4j does not split the alternatives and lose the order of the index.
  const either = (groups: readonly (readonly WhereClause[])[]) => {
    const alternatives = groupsOf(groups).map((group) => `(${both(group)})`);
    return alternatives.length === 0 ? always(false) : `coalesce(${alternatives.join(" OR ")}, false)`;
  };

  const parts = all(where.and ?? []);
  if (where.any) parts.push(either(where.any));
  // An absent field makes its condition null. The complement must be true then, not null.
  if (where.not) parts.push(`NOT coalesce(${both(where.not)}, false)`);
  return parts.length === 0 ? null : { text: parts.join(" AND "), parameters };
}

// Clauses are sorted, so that filters that differ only in the order of clauses are the same statement.
const shape = (clause: WhereClause): string =>
  "field" in clause
    ? clause.field
    : `${clause.relation} ${"in" in clause ? "in" : clause.all.length === 0 ? "none" : "all"}`;
const shapes = (clauses: readonly WhereClause[]): string => clauses.map(shape).join();
const inOrder = (clauses: readonly WhereClause[]): readonly WhereClause[] =>
  [...clauses].sort((a, b) => compareText(shape(a), shape(b)));
const groupsOf = (any: readonly (readonly WhereClause[])[]): readonly (readonly WhereClause[])[] =>
  any.map(inOrder).sort((a, b) => compareText(shapes(a), shapes(b)));

function condition(clause: WhereClause, parameter: (value: unknown) => string): string {
  if ("field" in clause) {
    return `n.${clause.field} IN ${parameter(clause.in.map(comparable))}`;
  }
  const relation = relations[clause.relation] as EdgeRelation;
  const ids = new Set("in" in clause ? clause.in : clause.all);
  const possible = [...ids].filter((id) => relation.targets.includes(kindOf(id)));
  const linked = `MATCH ${pattern(relation, "n", "", targetOf(relation, "other"))} WHERE other._id IN ${parameter(possible)}`;
  if ("in" in clause) return `EXISTS { ${linked} }`;
  return ids.size === 0 ? parameter(false) : `COUNT { ${linked} } = ${parameter(BigInt(ids.size))}`;
}
