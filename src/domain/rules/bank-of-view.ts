import type { EdgeState, NodeState } from "../changes/change-set";
import { nodeStateInView } from "../changes/view-state";
import type { GraphView } from "../graph/graph-view";
import type { GraphNode } from "../graph/node";
import { byId } from "../graph/order";
import { kindOf, type NodeId } from "../ids";
import { edgeKinds } from "../ontology/edge-kinds";
import { kindsWithTexts, type NodeKind, nodeKindNames } from "../ontology/node-kinds";
import { type EdgeRelation, isEdgeRelation, relationsOf } from "../ontology/relations";
import type { Bank } from "./bank-view";

type Texts = NodeState["texts"];

/** The bank that a view shows, in the order of ids; `texts` are the long texts of its nodes. */
export function bankOfView(view: GraphView, texts: ReadonlyMap<NodeId, Texts>): Bank {
  const nodes = new Map<NodeId, NodeState>();
  const edges: EdgeState[] = [];
  for (const kind of nodeKindNames) {
    for (const node of nodesOfKind(view, kind)) {
      nodes.set(node.id, nodeStateInView(node, texts.get(node.id) ?? {}));
      edges.push(...edgesFrom(view, node.id));
    }
  }
  return { nodes, edges };
}

/** The edges that start at a node, without computed ones. */
export function* edgesFrom(view: GraphView, id: NodeId): Iterable<EdgeState> {
  for (const { name } of outwardRelations[kindOf(id)] ?? [])
    for (const { edge } of view.links(id, name)) if (edge.from === id) yield edge;
}

/** The nodes of a view that may have long texts. */
export const nodesWithTexts = (view: GraphView): NodeId[] =>
  [...kindsWithTexts].flatMap((kind) => [...nodesOfKind(view, kind)].map(({ id }) => id));

export function* nodesOfKind(view: GraphView, kind: NodeKind): Iterable<GraphNode> {
  const nodes = view.nodesInOrder(kind, byId);
  for (let index = 0; index < nodes.length; index++) yield nodes.at(index);
}

/** By which each edge is seen once; computed ones follow from the texts. */
const outwardRelations = Object.fromEntries(
  nodeKindNames.map((kind) => [
    kind,
    relationsOf(kind)
      .filter(isEdgeRelation)
      .filter(({ direction, edge }) => direction !== "in" && edgeKinds[edge].file !== "computed"),
  ]),
) as Readonly<Record<string, readonly EdgeRelation[]>>;
