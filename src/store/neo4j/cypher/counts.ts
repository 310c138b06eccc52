import type { ListQuery, NeighboursQuery } from "../../../domain/graph/port";
import { isEdgeRelation, type Relation } from "../../../domain/ontology/relations";
import { stepsOf } from "./derived-neighbours";
import { filter } from "./filter";
import { whereOf } from "./neighbours";
import { pattern, targetOf } from "./pattern";
import { type PerNode, perNode } from "./per-node";
import type { Statement } from "./statement";

/** How many links each parent has. Without a filter Neo4j counts without reading them. */
export function countsStatement(relation: Relation, query: Pick<NeighboursQuery, "of" | "where">): PerNode {
  const condition = filter(relation.targets, query.where);
  const links = isEdgeRelation(relation)
    ? `MATCH ${pattern(relation, "p", "", targetOf(relation, "n"))}${whereOf([condition?.text])} RETURN n`
    : `CALL (p) { ${relation.derived.alternatives.map((each) => `${stepsOf(each)} RETURN n`).join(" UNION ")} } ` +
      `WITH n${whereOf([condition?.text])} RETURN n`;
  return perNode(query.of, `COUNT { ${links} }`, condition?.parameters);
}

/** How many nodes of the kind there are, or match: one row. */
export function countStatement({ kind, where }: Pick<ListQuery, "kind" | "where">): Statement {
  const condition = filter([kind], where);
  return {
    text: `MATCH (n:${kind})${whereOf([condition?.text])} WITH count(n) AS value RETURN "count" AS key, value`,
    parameters: { ...condition?.parameters },
  };
}
