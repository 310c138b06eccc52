import type { GraphView, Sequence } from "../../domain/graph/graph-view";
import type { Because, GraphNode, Link } from "../../domain/graph/node";
import {
  assertOrder,
  comparePositions,
  compareText,
  defaultOrder,
  type Order,
  positionOfLink,
} from "../../domain/graph/order";
import type { LinkPage, NeighboursQuery } from "../../domain/graph/port";
import { kindOf, type NodeId } from "../../domain/ids";
import { becauseLimit } from "../../domain/ontology/derived";
import {
  type DerivedRelation,
  isEdgeRelation,
  type Relation,
  type RelationName,
  relations,
} from "../../domain/ontology/relations";
import type { StoredLink, StoredView } from "./adjacency";
import { matcher } from "./lists";
import { inDirection, orderIndex } from "./order-index";
import { all, directed, firstIndex, mapped, sequenceOf, take } from "./sequence";

type Query = Omit<NeighboursQuery, "of" | "ahead">;

/** One page, of one node. See `GraphReader.neighbours`. */
export function page(model: StoredView, query: Query, of: NodeId): LinkPage {
  const relation = relations[query.relation];
  if (isEdgeRelation(relation) && !query.where && !query.order && !query.after) return firstPage(model, query, of);
  const { after, first, order = defaultOrder(relation) } = query;
  assertOrder(order, relation.targets, relation);
  const matches = matcher(model, relation.targets, query.where);
  if (!owns(model, relation, of)) return emptyPage;
  const links = linksInOrder(model, of, relation, order);
  const isPast = (link: Link) => comparePositions(positionOfLink(link, order), after!, order.direction) > 0;
  const start = after ? firstIndex(links, isPast) : 0;
  const found = take(links, start, 1, first + 1, (link) => matches(link.node));
  return Object.freeze({ links: Object.freeze(found.slice(0, first)), hasNext: found.length > first });
}

/** As `page`, of what nearly all pages are asked for: all links of an edge relation, in its own order, from the start. */
function firstPage(model: StoredView, { relation, first }: Query, of: NodeId): LinkPage {
  const adjacent = model.links(of, relation);
  if (adjacent.length === 0) return emptyPage;
  const links: Link[] = [];
  for (let place = 0; place < adjacent.length && place < first; place++)
    links.push(linkOf(model, adjacent[place] as StoredLink));
  return { links, hasNext: adjacent.length > first };
}

/** See `GraphReader.counts`. */
export function count(model: StoredView, query: Pick<Query, "relation" | "where">, of: NodeId): number {
  const relation = relations[query.relation];
  const matches = matcher(model, relation.targets, query.where);
  if (!owns(model, relation, of)) return 0;
  const links = linksInOrder(model, of, relation, defaultOrder(relation));
  return query.where ? take(links, 0, 1, links.length, (link) => matches(link.node)).length : links.length;
}

/** Whether the relation leads from this node. */
export const owns = (model: GraphView, relation: Relation, id: NodeId): boolean =>
  kindOf(id) === relation.owner && model.node(id) !== undefined;

/** A link's own object, and its place in an order. */
const bytesOfLink = 56;

const emptyPage: LinkPage = Object.freeze({ links: Object.freeze([]), hasNext: false });

function linksInOrder(model: StoredView, id: NodeId, relation: Relation, order: Order): Sequence<Link> {
  const inDefaultOrder = isEdgeRelation(relation)
    ? mapped(model.links(id, relation.name), (adjacent) => linkOf(model, adjacent))
    : sequenceOf(derivedLinks(model, id, relation));
  if (order.by === defaultOrder(relation).by) return directed(inDefaultOrder, order.direction);
  const index = model.remember(
    `${relation.name} ${id} ${order.by}`,
    () => orderIndex(all(inDefaultOrder), (link) => positionOfLink(link, order)),
    ({ present, absent }) => 100 + bytesOfLink * (present.length + absent.length),
  );
  return inDirection(index, order.direction);
}

function linkOf(model: StoredView, stored: StoredLink): Link {
  const node = model.end(stored);
  const { order: position, properties } = stored.edge;
  return position === undefined ? { node, properties } : { node, properties, position };
}

/** A way along a chain of relations: the nodes reached and the reasons of the links, step by step. */
interface Walk {
  readonly nodes: readonly NodeId[];
  readonly reasons: readonly (string | undefined)[];
}

/** The links of a derived relation by the target's id: one a target, whichever and however many chains lead there. */
function derivedLinks(model: GraphView, owner: NodeId, relation: DerivedRelation): readonly Link[] {
  const becauses = new Map<NodeId, Map<string, Because>>();
  for (const { steps, because } of relation.derived.alternatives) {
    for (const { nodes, reasons } of walks(model, owner, steps as readonly RelationName[])) {
      const target = nodes.at(-1) as NodeId;
      const node = model.node(nodes[because.node - 1] as NodeId) as GraphNode;
      const reason = because.reason === undefined ? undefined : reasons[because.reason - 1];
      const ofTarget = becauses.get(target) ?? new Map<string, Because>();
      becauses.set(
        target,
        ofTarget.set(`${node.id} ${reason ?? ""}`, Object.freeze(reason === undefined ? { node } : { node, reason })),
      );
    }
  }
  return [...becauses]
    .sort(([a], [b]) => compareText(a, b))
    .map(([target, because]) =>
      Object.freeze({
        node: model.node(target) as GraphNode,
        properties: noProperties,
        because: Object.freeze([...because.values()].sort(compareBecause).slice(0, becauseLimit)),
      }),
    );
}

const noProperties = Object.freeze({});
function walks(model: GraphView, owner: NodeId, steps: readonly RelationName[]): readonly Walk[] {
  let level: readonly Walk[] = [{ nodes: [], reasons: [] }];
  for (const step of steps) {
    level = level.flatMap(({ nodes, reasons }) =>
      model.links(nodes.at(-1) ?? owner, step).map((link) => ({
        nodes: [...nodes, link.other],
        reasons: [...reasons, link.edge.properties["reason"] as string | undefined],
      })),
    );
  }
  return level;
}

const compareBecause = (a: Because, b: Because): number =>
  compareText(a.node.id, b.node.id) || compareText(a.reason ?? "", b.reason ?? "");
