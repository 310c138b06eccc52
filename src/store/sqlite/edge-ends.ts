import type { NodeKind } from "../../domain/ontology/node-kinds";
import { edgeKinds } from "../../domain/ontology/edge-kinds";
import type { EdgeKindSpec } from "../../domain/ontology/edge-kind";
import type { EdgeRelation } from "../../domain/ontology/relations";
import { closed, joined, quoted, type Sql, sql } from "./sql";

/** A way in which an edge relation reads the rows of its kind: the column of the owner and that of the neighbour. */
export interface EdgeEnds {
  readonly owner: Sql;
  readonly other: Sql;
}

const [from, to] = [closed("from_id"), closed("to_id")];
const out: EdgeEnds = { owner: from, other: to };
const back: EdgeEnds = { owner: to, other: from };

/** One way for directed edges; both for undirected ones, which are stored once. */
export const endsOf = ({ direction }: EdgeRelation): readonly EdgeEnds[] =>
  direction === "out" ? [out] : direction === "in" ? [back] : [out, back];

/**
 * That the neighbour is of the relation's targets, where its edge kind leads to others too. Ids begin with their kind, so
 * it is a range of the index that reads in the order of ids.
 */
export function ofTargets(relation: EdgeRelation, other: Sql): Sql {
  const { from, to, undirected }: EdgeKindSpec = edgeKinds[relation.edge];
  const reachable = relation.direction === "in" ? from : to;
  if (undirected || reachable.length === relation.targets.length) return closed("TRUE");
  return sql`(${joined(
    relation.targets.map((kind) => ofKind(kind, other)),
    " OR ",
  )})`;
}

/** That the id in the column is one of the kind: from `Kind:` up to the next character after the colon. */
export const ofKind = (kind: NodeKind, column: Sql): Sql =>
  sql`${column} > ${quoted(`${kind}:`)} AND ${column} < ${quoted(`${kind};`)}`;
