import type { GraphNode, Link } from "../../domain/graph/node";
import { assertOrder, comparePositions, defaultOrder, type Order, positionOfLink } from "../../domain/graph/order";
import type { LinkPage, NeighboursQuery } from "../../domain/graph/port";
import { kindOf, type NodeId } from "../../domain/ids";
import { isEdgeRelation, type Relation, relations } from "../../domain/ontology/relations";
import type { Adjacent } from "./adjacency";
import { derivedLinks } from "./derived-links";
import { matcher } from "./filter";
import { inDirection, orderIndex } from "./order-index";
import type { ReadModel } from "./read-model";
import { all, directed, firstIndex, mapped, type Sequence, sequenceOf, take } from "./sequence";

/** See `GraphReader.neighbours`. */
export function neighbours(model: ReadModel, query: NeighboursQuery): ReadonlyMap<NodeId, LinkPage> {
  const relation = relations[query.relation];
  const { after, first, order = defaultOrder(relation) } = query;
  assertOrder(order, relation.targets, relation);
  const matches = matcher(model, relation.targets, query.where);
  return eachOwner(model, relation, query.of, (id) => {
    const links = linksInOrder(model, id, relation, order);
    const isPast = (link: Link) => comparePositions(positionOfLink(link, order), after!, order.direction) > 0;
    const start = after ? firstIndex(links, isPast) : 0;
    const found = take(links, start, 1, first + 1, (link) => matches(link.node));
    return Object.freeze({ links: Object.freeze(found.slice(0, first)), hasNext: found.length > first });
  });
}

/** See `GraphReader.counts`. */
export function counts(
  model: ReadModel,
  query: Pick<NeighboursQuery, "relation" | "of" | "where">,
): ReadonlyMap<NodeId, number> {
  const relation = relations[query.relation];
  const matches = matcher(model, relation.targets, query.where);
  return eachOwner(model, relation, query.of, (id) => {
    const links = linksInOrder(model, id, relation, defaultOrder(relation));
    return query.where ? take(links, 0, 1, links.length, (link) => matches(link.node)).length : links.length;
  });
}

function eachOwner<T>(
  model: ReadModel,
  relation: Relation,
  of: readonly NodeId[],
  answer: (id: NodeId) => T,
): ReadonlyMap<NodeId, T> {
  const owners = of.filter((id) => kindOf(id) === relation.owner && model.node(id));
  return new Map(owners.map((id) => [id, answer(id)]));
}

function linksInOrder(model: ReadModel, id: NodeId, relation: Relation, order: Order): Sequence<Link> {
  const inDefaultOrder = isEdgeRelation(relation)
    ? mapped(model.links(id, relation.name), (adjacent) => linkOf(model, adjacent))
    : sequenceOf(derivedLinks(model, id, relation));
  if (order.by === defaultOrder(relation).by) return directed(inDefaultOrder, order.direction);
  const index = model.remember(`${relation.name} ${id} ${order.by}`, () =>
    orderIndex(all(inDefaultOrder), (link) => positionOfLink(link, order)),
  );
  return inDirection(index, order.direction);
}

function linkOf(model: ReadModel, { other, edge }: Adjacent): Link {
  const position = edge.order === undefined ? {} : { position: edge.order };
  return Object.freeze({ node: model.node(other) as GraphNode, properties: edge.properties, ...position });
}
