import type { GraphNode } from "../../domain/graph/node";
import { globalId, isOwned } from "../../domain/ids";
import { type NodeKind, nodeKindNames, nodeKinds } from "../../domain/ontology/node-kinds";
import { type ClassType, declareField, declareInterface, declareObject, ID } from "../declare";

/** The interface of every kind of node. Its values, as the kinds' values, are the plain nodes of the domain. */
export abstract class Node {}

declareInterface(
  Node,
  "Anything in the graph that has an identity: questions, trade-offs, concepts, measurements and the rest.",
  (node: GraphNode) => node.kind,
);

declareField<GraphNode>(Node, "id", {
  type: () => ID,
  description: "An opaque identifier that never changes, not even when the slug does.",
  resolve: (node) => globalId(node.id),
});

declareField<GraphNode>(Node, "slug", {
  type: () => String,
  description: "The current readable name in addresses, unique within the kind; earlier ones go on resolving.",
});

/** The object type of each kind; `declareNodeFields` gives them their fields. */
export const nodeTypes = Object.freeze(
  Object.fromEntries(nodeKindNames.map((kind) => [kind, declareObject(kind, nodeKinds[kind].description, Node)])),
) as Readonly<Record<NodeKind, ClassType>>;

/** What a relation to nodes of these kinds leads to: the one kind's type, or the interface. */
export const nodeTypeOf = (kinds: readonly NodeKind[]): ClassType =>
  kinds.length === 1 ? nodeTypes[kinds[0] as NodeKind] : (Node as ClassType);

/** The name of that type. */
export const nodeTypeName = (kinds: readonly NodeKind[]): string =>
  kinds.length === 1 ? (kinds[0] as string) : "Node";

/** The kinds that stand alone, and so have a root list and a look-up. */
export const rootKinds: readonly NodeKind[] = nodeKindNames.filter((kind) => !isOwned(kind));

/** `questions`. */
export const listName = (kind: NodeKind): string => nodeKinds[kind].plural;

/** `saveQuestion`. */
export const saveName = (kind: NodeKind): string => `save${kind}`;

/** `question`. */
export const lookUpName = (kind: NodeKind): string => kind.charAt(0).toLowerCase() + kind.slice(1);
