import type { EdgeKindSpec } from "../../../domain/ontology/edge-kind";
import { edgeKinds } from "../../../domain/ontology/edge-kinds";
import type { NodeKind } from "../../../domain/ontology/node-kinds";
import type { EdgeRelation } from "../../../domain/ontology/relations";

/** The relationship between two nodes, from the relation's owner to where it leads; `edge` is its variable. */
export function pattern(relation: EdgeRelation, owner: string, edge: string, target: string): string {
  const between = `-[${edge}:${relation.edge}]-`;
  if (relation.direction === "both") return `(${owner})${between}(${target})`;
  return relation.direction === "out" ? `(${owner})${between}>(${target})` : `(${owner})<${between}(${target})`;
}

/** A variable for where the relation leads, with labels where other kinds could be found there too. */
export const targetOf = (relation: EdgeRelation, variable: string): string =>
  among(relation.targets, variable, relation.direction === "in" ? "from" : "to", relation);

/** A variable for where the relation starts, likewise. */
export const ownerOf = (relation: EdgeRelation, variable: string): string =>
  among([relation.owner], variable, relation.direction === "in" ? "to" : "from", relation);

function among(kinds: readonly NodeKind[], variable: string, end: "from" | "to", { edge }: EdgeRelation): string {
  const possible = (edgeKinds[edge] as EdgeKindSpec)[end];
  return kinds.length === possible.length ? variable : `${variable}:${kinds.join("|")}`;
}

/** The relationship's properties that hold the ids of the owner and of the other end. */
export const endsOf = ({ direction }: EdgeRelation): { readonly own: string; readonly other: string } =>
  direction === "in" ? { own: "_to", other: "_from" } : { own: "_from", other: "_to" };

/** The most links that a node has by this relation, as commits see to. */
export const maxLinks = ({ end }: EdgeRelation): number => (end.one ? 1 : (end.max ?? Infinity));

/**
 * Whether a node's links of this relation grow with the bank. Such links have an index of their own, by node and order,
 * so that a page of them is read without reading them all.
 */
export const isHub = (relation: EdgeRelation): boolean =>
  relation.direction !== "both" && maxLinks(relation) === Infinity;
