import { DomainError } from "../../domain/errors";
import type { GraphView } from "../../domain/graph/graph-view";
import type { GraphNode } from "../../domain/graph/node";
import {
  assertOrder,
  byId,
  comparePositions,
  compareText,
  indexedFields,
  positionOfNode,
} from "../../domain/graph/order";
import type { Facet, ListQuery, NodePage } from "../../domain/graph/port";
import { assertWhere, type Where, type WhereClause } from "../../domain/graph/where";
import { kindOf, type NodeId } from "../../domain/ids";
import type { Field } from "../../domain/ontology/field";
import { type NodeKind, nodeKinds } from "../../domain/ontology/node-kinds";
import { type EdgeRelation, isEdgeRelation, type RelationName, relations } from "../../domain/ontology/relations";
import { inverseOf } from "./adjacency";
import { all, firstIndex, take } from "./sequence";

/** See `GraphReader.list`. */
export function list(model: GraphView, query: ListQuery): NodePage {
  const { kind, order = byId } = query;
  assertOrder(order, [kind]);
  const nodes = model.nodesInOrder(kind, order);
  const matches = matcher(model, [kind], query.where);
  const exists = (from: number, step: 1 | -1) => take(nodes, from, step, 1, matches).length > 0;
  const compare = (node: GraphNode, place: NonNullable<ListQuery["after"]>) =>
    comparePositions(positionOfNode(node, order), place, order.direction);

  if (query.last !== undefined) {
    const { last, before } = query;
    const end = before ? firstIndex(nodes, (node) => compare(node, before) >= 0) : nodes.length;
    const found = take(nodes, end - 1, -1, last + 1, matches);
    return page(found.slice(0, last).reverse(), exists(end, 1), found.length > last);
  }
  const { first = 0, after } = query;
  const start = after ? firstIndex(nodes, (node) => compare(node, after) > 0) : 0;
  const found = take(nodes, start, 1, first + 1, matches);
  return page(found.slice(0, first), found.length > first, exists(start - 1, -1));
}

const page = (nodes: readonly GraphNode[], hasNext: boolean, hasPrevious: boolean): NodePage =>
  Object.freeze({ nodes: Object.freeze(nodes), hasNext, hasPrevious });

type Filtered = Pick<ListQuery, "kind" | "where">;

/** In no particular order. */
function matching(model: GraphView, { kind, where }: Filtered): readonly GraphNode[] {
  const matches = matcher(model, [kind], where);
  return candidates(model, kind, where).filter(matches);
}

/** See `GraphReader.count`. */
export const total = (model: GraphView, query: Filtered): number => matching(model, query).length;

/** See `GraphReader.facets`. */
export function facets(model: GraphView, query: Filtered & { readonly by: string }): readonly Facet[] {
  const valuesOf = facetValues(model, query);
  const counts = new Map<string, number>();
  for (const value of matching(model, query).flatMap(valuesOf)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return Object.freeze(
    [...counts]
      .map(([value, count]): Facet => Object.freeze({ value, count }))
      .sort((a, b) => b.count - a.count || compareText(a.value, b.value)),
  );
}

function facetValues(
  model: GraphView,
  { kind, by }: Filtered & { readonly by: string },
): (node: GraphNode) => readonly string[] {
  if (indexedFields(kind).includes(by) && fieldOf(kind, by).type.is === "enum") {
    return (node) => {
      const value = (node as unknown as Record<string, string | undefined>)[by];
      return value === undefined ? [] : [value];
    };
  }
  const relation = Object.hasOwn(relations, by) ? relations[by as RelationName] : undefined;
  if (!relation || relation.owner !== kind || !isEdgeRelation(relation)) {
    throw new DomainError("INVALID_ARGUMENT", `${kind} has no facets by ${JSON.stringify(by)}.`);
  }
  return (node) => model.links(node.id, relation.name).map((link) => link.other);
}

const fieldOf = (kind: NodeKind, name: string): Field =>
  (nodeKinds[kind].fields as Readonly<Record<string, Field>>)[name] as Field;

type Matches = (node: GraphNode) => boolean;

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
function candidates(model: GraphView, kind: NodeKind, where: Where | undefined): readonly GraphNode[] {
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
