import type { NodeId } from "../ids";
import type { NodeKind } from "../ontology/node-kinds";
import { relations, type RelationName } from "../ontology/relations";
import { DomainError } from "../errors";
import { indexedFields } from "./order";

/** One condition. An empty list matches nothing. */
export type WhereClause =
  /** The field has one of the values; an absent field has none. */
  | { readonly field: string; readonly in: readonly (string | number | boolean)[] }
  /** At least one of the ids is linked by the relation. */
  | { readonly relation: RelationName; readonly in: readonly NodeId[] }
  /** Each of the ids is linked by the relation. */
  | { readonly relation: RelationName; readonly all: readonly NodeId[] };

/**
 * A filter on nodes of one kind: every clause of `and`, at least one group of `any` (each group a conjunction), and not
 * all of `not` at once. `not` is a complement: nodes for which a field is absent are in it.
 */
export interface Where {
  readonly and?: readonly WhereClause[];
  readonly any?: readonly (readonly WhereClause[])[];
  readonly not?: readonly WhereClause[];
}

export const anyLimit = 8;

/** Throws INVALID_ARGUMENT unless each clause is about an indexed field or an edge relation of the kind. */
export function assertWhere(where: Where, kind: NodeKind): void {
  const clauses = [...(where.and ?? []), ...(where.any ?? []).flat(), ...(where.not ?? [])];
  for (const clause of clauses) {
    if ("field" in clause) {
      if (!indexedFields(kind).includes(clause.field))
        throw new DomainError("INVALID_ARGUMENT", `${kind} cannot be filtered by ${JSON.stringify(clause.field)}.`);
    } else {
      const relation = relations[clause.relation];
      if (relation?.owner !== kind || relation.derived)
        throw new DomainError("INVALID_ARGUMENT", `${kind} cannot be filtered by ${JSON.stringify(clause.relation)}.`);
    }
  }
  if ((where.any?.length ?? 0) > anyLimit)
    throw new DomainError("INVALID_ARGUMENT", `"any" takes at most ${anyLimit} groups.`);
}
