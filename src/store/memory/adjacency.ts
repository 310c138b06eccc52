import type { EdgeState } from "../../domain/changes/change-set";
import type { Adjacent, GraphView } from "../../domain/graph/graph-view";
import type { GraphNode, Revision } from "../../domain/graph/node";
import { compareText } from "../../domain/graph/order";
import { kindOf, type NodeId } from "../../domain/ids";
import type { EdgeKind } from "../../domain/ontology/edge-kinds";
import { type NodeKind, nodeKindNames } from "../../domain/ontology/node-kinds";
import {
  type EdgeRelation,
  isEdgeRelation,
  type RelationName,
  relations,
  relationsOf,
} from "../../domain/ontology/relations";
import type { Slots } from "./versioned-map";

type Direction = "out" | "in";
type ByEnds = { [E in EdgeKind]?: { [D in Direction]?: { [O in NodeKind]?: { [T in NodeKind]?: EdgeRelation } } } };

/** Edge kind → direction → owner's kind → target's kind → relation. */
const relationByEnds: ByEnds = {};
for (const relation of Object.values(relations).filter(isEdgeRelation)) {
  const { edge, direction, owner, targets } = relation;
  for (const each of direction === "both" ? (["out", "in"] as const) : [direction])
    for (const target of targets) (((relationByEnds[edge] ??= {})[each] ??= {})[owner] ??= {})[target] = relation;
}

/** The relation that leads from `owner` over the edge to `target`. There must be one. */
const relationBetween = (edge: EdgeKind, direction: Direction, owner: NodeKind, target: NodeKind): EdgeRelation =>
  relationByEnds[edge]?.[direction]?.[owner]?.[target] as EdgeRelation;

/** A link with the slot of its other end: at 30,000 questions, finding a node by its id takes longer than all else of a link. */
export interface StoredLink extends Adjacent {
  readonly slot: number;
}

/** The links of a node in their default order, at the place of their relation among those of its kind. */
export type NodeLinks = readonly (readonly StoredLink[] | undefined)[];

/** A view whose links lead to their other ends by slot. */
export interface StoredView extends GraphView {
  links(id: NodeId, relation: RelationName): readonly StoredLink[];
  end(link: StoredLink): GraphNode;
}

/** The two views of an edge: whose link it is, by which relation. */
export function viewsOf(edge: EdgeState, revision: Revision, slots: Slots<NodeId>) {
  const { from, to } = edge;
  const { out, back } = waysOf(edge.edge, kindOf(from), kindOf(to));
  return [
    { owner: from, relation: out, link: linkTo(to, slots.give(to), edge, revision) },
    { owner: to, relation: back, link: linkTo(from, slots.give(from), edge, revision) },
  ] as const;
}

/** The relations by which the ends of an edge lead to each other. */
export const waysOf = (edge: EdgeKind, from: NodeKind, to: NodeKind) => ({
  out: relationBetween(edge, "out", from, to),
  back: relationBetween(edge, "in", to, from),
});

export const linkTo = (other: NodeId, slot: number, edge: EdgeState, revision: Revision): StoredLink => ({
  other,
  slot,
  edge,
  revision,
});

/** The relation by which `target` leads back to `owner` over the same edges. */
export const inverseOf = (relation: EdgeRelation, target: NodeKind): EdgeRelation =>
  relation.direction === "out"
    ? relationBetween(relation.edge, "in", target, relation.owner)
    : relationBetween(relation.edge, "out", target, relation.owner);

const places = new Map(
  nodeKindNames.flatMap((kind) => relationsOf(kind).map(({ name }, place): [RelationName, number] => [name, place])),
);

/** The place of a relation among those of its owner's kind. */
export const placeOf = (relation: RelationName): number => places.get(relation) as number;

/** The default order of a relation's links: by position where it is ordered, then by the other end's id. */
export const compareAdjacent =
  (relation: EdgeRelation) =>
  (a: Adjacent, b: Adjacent): number =>
    (relation.ordered ? (a.edge.order as number) - (b.edge.order as number) : 0) || compareText(a.other, b.other);
