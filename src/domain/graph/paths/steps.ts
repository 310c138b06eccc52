import type { EdgeKindSpec } from "../../ontology/edge-kind";
import { type EdgeKind, edgeKindNames, edgeKinds } from "../../ontology/edge-kinds";
import { edgeWeights, minWeight } from "../../ontology/edge-weights";
import type { NodeKindSpec } from "../../ontology/field";
import { type NodeKind, nodeKindNames, nodeKinds } from "../../ontology/node-kinds";
import { type EdgeRelation, isEdgeRelation, type RelationName, relationsOf } from "../../ontology/relations";
import { compareText } from "../order";
import type { Heading, PathQuery } from "./path";

/** A relation along which a path may go on from nodes of one kind. */
export interface Step {
  readonly relation: RelationName;
  readonly edge: EdgeKind;
  /** As the path walks it, also where it is followed from the end. */
  readonly heading: Heading;
  /** By edge kind, then heading. */
  readonly rank: number;
  /** The only kind that it leads to, unless it is the only relation of its rank. */
  readonly target: NodeKind;
  /** What the edge weighs more than the lightest. */
  readonly surplus: number;
  /** Whether its links come by the other end's id. */
  readonly sorted: boolean;
  /** Whether paths may lead on through the nodes that it leads to. */
  readonly passes: "all" | "none" | "some";
}

export interface PathSteps {
  /** The ways on from a node of the kind: by rank, then by the kind that they lead to, so by the ids that they lead to. */
  forward(kind: NodeKind): readonly Step[];
  /** The ways by which a path can have come to a node of the kind. */
  backward(kind: NodeKind): readonly Step[];
  /** Whether a path may lead on through nodes of the kind. */
  passes(kind: NodeKind): boolean;
}

const specs: Readonly<Record<EdgeKind, EdgeKindSpec>> = edgeKinds;
const spoilers = edgeKindNames.filter((edge) => specs[edge].spoiler);

/** Kinds that only a spoiler leads to, so that they give an answer away however one comes to them. */
const spoilerKinds: ReadonlySet<NodeKind> = new Set(spoilers.flatMap((edge) => specs[edge].to));
const sortingKinds: ReadonlySet<NodeKind> = new Set(
  nodeKindNames.filter((kind) => (nodeKinds[kind] as NodeKindSpec).sorting),
);

const usual = edgeKindNames.filter((edge) => specs[edge].file !== "computed");

/** The steps that a query allows. */
export function pathSteps({ via, direction, reveal }: Pick<PathQuery, "via" | "direction" | "reveal">): PathSteps {
  const revealed = reveal || spoilers.some((edge) => via?.includes(edge));
  const walked = new Set(via ?? usual.filter((edge) => revealed || !specs[edge].spoiler));
  const passable = new Set(
    nodeKindNames.filter(
      (kind) => (revealed || !spoilerKinds.has(kind)) && (via !== undefined || !sortingKinds.has(kind)),
    ),
  );
  const from = (kind: NodeKind, headingOf: (relation: EdgeRelation) => Heading): readonly Step[] =>
    relationsOf(kind)
      .filter(isEdgeRelation)
      .filter((relation) => walked.has(relation.edge))
      .map((relation) => stepOf(relation, headingOf(relation), passable))
      .filter(({ heading }) => direction === "BOTH" || heading === "BOTH" || heading === direction)
      .sort((a, b) => a.rank - b.rank || compareText(a.target, b.target));
  return {
    forward: perKind((kind) => from(kind, ({ direction: seen }) => headings[seen])),
    backward: perKind((kind) => from(kind, ({ direction: seen }) => opposite[headings[seen]])),
    passes: (kind) => passable.has(kind),
  };
}

const headings = { out: "OUT", in: "IN", both: "BOTH" } as const;
const opposite = { OUT: "IN", IN: "OUT", BOTH: "BOTH" } as const;
const headingNames: readonly Heading[] = ["OUT", "IN", "BOTH"];

function stepOf(
  { name, edge, targets, ordered }: EdgeRelation,
  heading: Heading,
  passable: ReadonlySet<NodeKind>,
): Step {
  const count = targets.filter((kind) => passable.has(kind)).length;
  return {
    relation: name,
    edge,
    heading,
    rank: edgeKindNames.indexOf(edge) * headingNames.length + headingNames.indexOf(heading),
    surplus: edgeWeights[edge] - minWeight,
    target: targets[0] as NodeKind,
    sorted: !ordered,
    passes: count === targets.length ? "all" : count === 0 ? "none" : "some",
  };
}

/** Most queries meet few kinds, so each kind's steps are made when first asked for. */
function perKind(make: (kind: NodeKind) => readonly Step[]): (kind: NodeKind) => readonly Step[] {
  const made = new Map<NodeKind, readonly Step[]>();
  return (kind) => {
    let steps = made.get(kind);
    if (!steps) made.set(kind, (steps = make(kind)));
    return steps;
  };
}
