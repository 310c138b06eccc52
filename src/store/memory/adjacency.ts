import type { EdgeState } from "../../domain/changes/change-set";
import type { Adjacent } from "../../domain/graph/graph-view";
import type { Revision } from "../../domain/graph/node";
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

/** The two views of an edge: whose link it is, by which relation. */
export function viewsOf(edge: EdgeState, revision: Revision) {
  const { from, to } = edge;
  const { out, back } = waysOf(edge.edge, kindOf(from), kindOf(to));
  return [
    { owner: from, relation: out, link: linkTo(to, edge, revision) },
    { owner: to, relation: back, link: linkTo(from, edge, revision) },
  ] as const;
}

/** The relations by which the ends of an edge lead to each other. */
export const waysOf = (edge: EdgeKind, from: NodeKind, to: NodeKind) => ({
  out: relationBetween(edge, "out", from, to),
  back: relationBetween(edge, "in", to, from),
});

export const linkTo = (other: NodeId, edge: EdgeState, revision: Revision): Adjacent => ({ other, edge, revision });

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
