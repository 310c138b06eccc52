import { DomainError } from "../../domain/errors";
import type { GraphNode } from "../../domain/graph/node";
import { assertWhere, type WhereClause, type Where } from "../../domain/graph/where";
import { kindOf, type NodeId } from "../../domain/ids";
import type { NodeKind } from "../../domain/ontology/node-kinds";
import { type EdgeRelation, relations } from "../../domain/ontology/relations";
import { inverseOf } from "./adjacency";
import { all } from "./sequence";
import type { GraphView } from "../../domain/graph/graph-view";
import { byId } from "../../domain/graph/order";

export type Matches = (node: GraphNode) => boolean;

/** Whether nodes match the filter, which must be about the one kind given. */
export function matcher(model: GraphView, kinds: readonly NodeKind[], where: Where | undefined): Matches {
  if (!where) return () => true;
  const [kind, ...others] = kinds;
  if (!kind || others.length > 0)
    throw new DomainError("INVALID_ARGUMENT", `Links to several kinds (${kinds.join(", ")}) cannot be filtered.`);
  assertWhere(where, kind);
  const allOf = (clauses: readonly WhereClause[]): Matches => {
    const each = clauses.map((clause) => clauseMatcher(model, clause));
    return (node) => each.every((matches) => matches(node));
  };
  const and = allOf(where.and ?? []);
  const any = where.any?.map(allOf);
  const not = where.not && allOf(where.not);
  return (node) => and(node) && (!any || any.some((matches) => matches(node))) && !not?.(node);
}

/**
 * Nodes of the kind among which are all that match: those linked to what the filter names, or else the whole kind. The
 * filter is about the kind.
 */
export function candidates(model: GraphView, kind: NodeKind, where: Where | undefined): readonly GraphNode[] {
  const linked = (where?.and ?? []).flatMap((clause) => {
    if ("field" in clause) return [];
    const relation = relations[clause.relation] as EdgeRelation;
    if ("in" in clause) return [clause.in.flatMap((id) => linkedTo(model, relation, id))];
    return clause.all.map((id) => linkedTo(model, relation, id));
  });
  const [fewest] = linked.sort((a, b) => a.length - b.length);
  return fewest ? [...new Set(fewest)].flatMap((id) => model.node(id) ?? []) : all(model.nodesInOrder(kind, byId));
}

function clauseMatcher(model: GraphView, clause: WhereClause): Matches {
  if ("field" in clause) {
    const values = new Set<unknown>(clause.in);
    return (node) => values.has((node as unknown as Record<string, unknown>)[clause.field]);
  }
  const relation = relations[clause.relation] as EdgeRelation;
  const linked = (id: NodeId) => linkedTo(model, relation, id);
  if ("in" in clause) {
    const ids = new Set(clause.in.flatMap(linked));
    return (node) => ids.has(node.id);
  }
  const sets = clause.all.map((id) => new Set(linked(id)));
  return (node) => sets.length > 0 && sets.every((ids) => ids.has(node.id));
}

/** The nodes of the relation's owner kind that the relation leads from to `id`. */
function linkedTo(model: GraphView, relation: EdgeRelation, id: NodeId): readonly NodeId[] {
  if (!relation.targets.includes(kindOf(id))) return [];
  return model
    .links(id, inverseOf(relation, kindOf(id)).name)
    .map((link) => link.other)
    .filter((other) => kindOf(other) === relation.owner);
}
