import { edgeKindNames, edgeKinds } from "./edge-kinds";
import { type NodeKind, nodeKindNames } from "./node-kinds";
import { type EdgeRelation, isEdgeRelation, relationsOf } from "./relations";

const isHeld = ({ edge, direction }: EdgeRelation): boolean =>
  edgeKinds[edge].file === (direction === "in" ? "to" : "from");

const rank = new Map(edgeKindNames.map((name, index) => [name, index]));
const held = new Map(
  nodeKindNames.map((kind): [NodeKind, readonly EdgeRelation[]] => [
    kind,
    relationsOf(kind)
      .filter(isEdgeRelation)
      .filter(isHeld)
      .sort((a, b) => (rank.get(a.edge) as number) - (rank.get(b.edge) as number)),
  ]),
);

/**
 * The relations whose links are written at the node of this kind, in its file and in what authors send, by the ontology's
 * order of edge kinds. Each leads to one kind.
 */
export const heldRelations = (kind: NodeKind): readonly EdgeRelation[] => held.get(kind) as readonly EdgeRelation[];
