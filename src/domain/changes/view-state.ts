import type { Adjacent, GraphView, Sequence } from "../graph/graph-view";
import { edgeSubject, type GraphNode } from "../graph/node";
import { byId, compareText } from "../graph/order";
import { kindOf, type NodeId } from "../ids";
import type { EdgeKind } from "../ontology/edge-kinds";
import type { LongTexts, NodeKind } from "../ontology/node-kinds";
import { relationsOver } from "../ontology/relations";
import type { NodeState } from "./change-set";
import type { StateReader } from "./state-reader";

/** Reads the long texts of nodes, which a view leaves out. No entry for a node that has none. */
export type TextsOf = (ids: readonly NodeId[]) => Promise<ReadonlyMap<NodeId, LongTexts<NodeKind>>>;

/** A state to plan a change set against, read from a view of one revision. */
export const stateOfView = (view: GraphView, textsOf: TextsOf): StateReader => ({
  nodes: async (ids) => {
    const nodes = ids.flatMap((id) => view.node(id) ?? []);
    const texts =
      nodes.length === 0 ? new Map<NodeId, LongTexts<NodeKind>>() : await textsOf(nodes.map(({ id }) => id));
    return new Map(
      nodes.map((node) => [
        node.id,
        { state: nodeStateInView(node, texts.get(node.id) ?? {}), revision: node.changedIn },
      ]),
    );
  },
  existing: async (ids) => new Set(ids.filter((id) => view.node(id))),
  edges: async (keys) =>
    new Map(
      keys.flatMap((key) => {
        // Search at the end that has fewer links: most nodes have a few links, some very many.
        const link =
          degreeAt(view, key.from, key.edge, "from") <= degreeAt(view, key.to, key.edge, "to")
            ? edgesAt(view, key.from, key.edge, "from").find(({ edge }) => edge.to === key.to)
            : edgesAt(view, key.to, key.edge, "to").find(({ edge }) => edge.from === key.from);
        return link ? [[edgeSubject(key), { state: link.edge, revision: link.revision }] as const] : [];
      }),
    ),
  adjacent: async ({ edge, end, of, limit }) =>
    new Map(
      of.map((id) => [
        id,
        [...edgesAt(view, id, edge, end)]
          .sort((a, b) => compareText(a.other, b.other))
          .slice(0, limit)
          .map((link) => link.edge),
      ]),
    ),
  slugOwners: async (kind, slugs) =>
    new Map(
      slugs.flatMap((slug) => {
        const owner = view.slugOwner(kind, slug);
        return owner ? [[slug, owner] as const] : [];
      }),
    ),
  slugs: async (kind, limit) =>
    all(view.nodesInOrder(kind, byId))
      .map((node) => node.slug)
      .sort(compareText)
      .slice(0, limit),
});

/** The edges of a kind that have the node at the given end, in no particular order. */
export const edgesAt = (view: GraphView, id: NodeId, edge: EdgeKind, end: "from" | "to"): Adjacent[] =>
  relationsOver(edge, end, kindOf(id)).flatMap(({ name, direction }) => {
    const links = view.links(id, name);
    return direction === "both" ? links.filter((link) => link.edge[end] === id) : links;
  });

const degreeAt = (view: GraphView, id: NodeId, edge: EdgeKind, end: "from" | "to"): number =>
  relationsOver(edge, end, kindOf(id)).reduce((sum, { name }) => sum + view.links(id, name).length, 0);

export function nodeStateInView(node: GraphNode, texts: LongTexts<NodeKind>): NodeState {
  const { id, kind, slug, formerSlugs = [], changedIn: _, ...fields } = node;
  return { id, kind, slug, formerSlugs, fields, texts };
}

const all = <T>(sequence: Sequence<T>): T[] =>
  Array.from({ length: sequence.length }, (_, index) => sequence.at(index));
