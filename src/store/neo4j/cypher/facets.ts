import { DomainError } from "../../../domain/errors";
import { compareText, indexedFields } from "../../../domain/graph/order";
import type { Facet, ListQuery, NeighboursQuery } from "../../../domain/graph/port";
import type { Field } from "../../../domain/ontology/field";
import { type NodeKind, nodeKinds } from "../../../domain/ontology/node-kinds";
import {
  type EdgeRelation,
  isEdgeRelation,
  type Relation,
  type RelationName,
  relations,
} from "../../../domain/ontology/relations";
import { stepsOf } from "./derived-neighbours";
import { filter } from "./filter";
import { whereOf } from "./neighbours";
import { ownerOf, pattern, targetOf } from "./pattern";
import { type PerNode, perNode } from "./per-node";
import type { Row, Statement } from "./statement";

type FacetsQuery = Pick<ListQuery, "kind" | "where"> & { readonly by: string };

/**
 * The number of nodes with each value of an indexed enum field, or with a link to each node of a relation: one row per
 * value, unordered. Throws INVALID_ARGUMENT for anything else in `by`.
 */
export function facetsStatement({ kind, where, by }: FacetsQuery): Statement {
  const condition = filter([kind], where);
  const parameters = { ...condition?.parameters };
  if (isIndexedEnum(kind, by)) {
    const present = whereOf([`n.${by} IS NOT NULL`, condition?.text]);
    return { text: `MATCH (n:${kind})${present} RETURN n.${by} AS key, count(*) AS value`, parameters };
  }
  const relation = Object.hasOwn(relations, by) ? relations[by as RelationName] : undefined;
  if (!relation || relation.owner !== kind || !isEdgeRelation(relation)) {
    throw new DomainError("INVALID_ARGUMENT", `${kind} has no facets by ${JSON.stringify(by)}.`);
  }
  return { text: byRelation(relation, condition?.text), parameters };
}

/**
 * Counts by linked node. Without a filter, each linked node is asked for its number of links, which Neo4j mostly keeps
 * with the node.
 */
function byRelation(relation: EdgeRelation, condition: string | undefined): string {
  if (condition === undefined) {
    const links = pattern(relation, ownerOf(relation, ""), "", "m");
    return (
      `MATCH (m:${relation.targets.join("|")}) WITH m, COUNT { ${links} } AS value ` +
      "WHERE value > 0 RETURN m._id AS key, value"
    );
  }
  const links = pattern(relation, `n:${relation.owner}`, "", targetOf(relation, "m"));
  return `MATCH ${links} WHERE ${condition} WITH m, count(*) AS value RETURN m._id AS key, value`;
}

const isIndexedEnum = (kind: NodeKind, name: string): boolean =>
  indexedFields(kind).includes(name) &&
  (nodeKinds[kind].fields as Readonly<Record<string, Field>>)[name]?.type.is === "enum";

/** Returns the facets by descending count, and those with equal counts by value. */
export const facetsOf = (rows: readonly Row[]): readonly Facet[] =>
  Object.freeze(
    rows
      .map(([value, count]): Facet => Object.freeze({ value: value as string, count: count as number }))
      .sort((a, b) => b.count - a.count || compareText(a.value, b.value)),
  );
/** The number of links of each parent. Without a filter, Neo4j counts them without reading them. */
export function countsStatement(relation: Relation, query: Pick<NeighboursQuery, "of" | "where">): PerNode {
  const condition = filter(relation.targets, query.where);
  const links = isEdgeRelation(relation)
    ? `MATCH ${pattern(relation, "p", "", targetOf(relation, "n"))}${whereOf([condition?.text])} RETURN n`
    : `CALL (p) { ${relation.derived.alternatives.map((each) => `${stepsOf(each)} RETURN n`).join(" UNION ")} } ` +
      `WITH n${whereOf([condition?.text])} RETURN n`;
  return perNode(query.of, `COUNT { ${links} }`, condition?.parameters);
}

export function countStatement({ kind, where }: Pick<ListQuery, "kind" | "where">): Statement {
  const condition = filter([kind], where);
  return {
    text: `MATCH (n:${kind})${whereOf([condition?.text])} WITH count(n) AS value RETURN "count" AS key, value`,
    parameters: { ...condition?.parameters },
  };
}
