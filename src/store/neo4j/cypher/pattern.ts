import type { EdgeKindSpec } from "../../../domain/ontology/edge-kind";
import { edgeKinds } from "../../../domain/ontology/edge-kinds";
import type { NodeKind } from "../../../domain/ontology/node-kinds";
import type { EdgeRelation } from "../../../domain/ontology/relations";

/**
 * Returns the pattern of a relation from its owner to its target, such as `(p)-[r:EDGE]->(n)`. `edge` is the variable
 * of the relationship.
 */
export function pattern(relation: EdgeRelation, owner: string, edge: string, target: string): string {
  const between = `-[${edge}:${relation.edge}]-`;
  if (relation.direction === "both") return `(${owner})${between}(${target})`;
  return relation.direction === "out" ? `(${owner})${between}>(${target})` : `(${owner})<${between}(${target})`;
}

/**
 * Returns a variable for the target of a relation, with labels such as `n:Concept|Question` if the edge can lead to
 * other kinds, too.
 */
export const targetOf = (relation: EdgeRelation, variable: string): string =>
  among(relation.targets, variable, relation.direction === "in" ? "from" : "to", relation);

/** Returns a variable for the owner of a relation, with a label if the edge can start at other kinds, too. */
export const ownerOf = (relation: EdgeRelation, variable: string): string =>
  among([relation.owner], variable, relation.direction === "in" ? "to" : "from", relation);

function among(kinds: readonly NodeKind[], variable: string, end: "from" | "to", { edge }: EdgeRelation): string {
  const possible = (edgeKinds[edge] as EdgeKindSpec)[end];
  return kinds.length === possible.length ? variable : `${variable}:${kinds.join("|")}`;
}

/** Returns the names of the relationship's properties with the ids of the owner and of the other end. */
export const endsOf = ({ direction }: EdgeRelation): { readonly own: string; readonly other: string } =>
  direction === "in" ? { own: "_to", other: "_from" } : { own: "_from", other: "_to" };

/** Returns the maximum number of a node's links by the relation, which commits enforce. Infinity if there is none. */
export const maxLinks = ({ end }: EdgeRelation): number => (end.one ? 1 : (end.max ?? Infinity));

/**
 * Tests whether a node's links by the relation can grow with the bank. Such links have their own index, by node and
 * order, so that a page can be read without the other links.
 */
export const isHub = (relation: EdgeRelation): boolean =>
  relation.direction !== "both" && maxLinks(relation) === Infinity;
