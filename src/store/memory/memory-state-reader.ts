import type { StateReader } from "../../domain/changes/state-reader";
import { edgeSubject } from "../../domain/graph/node";
import { byId, compareText } from "../../domain/graph/order";
import { nodeState } from "./graph-node";
import type { Head } from "./head";
import { all } from "./sequence";

/** The state that the next commit is planned against. */
export function stateReader({ model, texts }: Head): StateReader {
  return {
    nodes: async (ids) =>
      found(ids, (id) => {
        const node = model.node(id);
        return node && [id, { state: nodeState(node, texts.get(id) ?? {}), revision: node.changedIn }];
      }),
    edges: async (keys) =>
      found(keys, (key) => {
        const link = model.edges(key.from, key.edge, "from").find(({ edge }) => edge.to === key.to);
        return link && [edgeSubject(key), { state: link.edge, revision: link.revision }];
      }),
    adjacent: async ({ edge, end, of, limit }) =>
      found(of, (id) => [
        id,
        [...model.edges(id, edge, end)]
          .sort((a, b) => compareText(a.other, b.other))
          .slice(0, limit)
          .map((link) => link.edge),
      ]),
    slugOwners: async (kind, slugs) =>
      found(slugs, (slug) => {
        const owner = model.slugOwner(kind, slug);
        return owner && [slug, owner];
      }),
    slugs: async (kind, limit) =>
      all(model.nodesInOrder(kind, byId))
        .map((node) => node.slug)
        .sort(compareText)
        .slice(0, limit),
  };
}

function found<Q, K, V>(queries: readonly Q[], find: (query: Q) => readonly [K, V] | undefined): ReadonlyMap<K, V> {
  return new Map(queries.map(find).filter((entry) => entry !== undefined));
}
