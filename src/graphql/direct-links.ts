import type { QueryableView } from "../domain/graph/graph-view";
import { byId } from "../domain/graph/order";
import type { NodeId } from "../domain/ids";
import type { Links } from "./links";

/** Links over a graph in memory: everything but long texts is answered at once. `texts` reads those. */
export const directLinks = (view: QueryableView, texts: Links["texts"]): Links => ({
  node: (id) => view.node(id) ?? null,
  texts,
  idBySlug: (kind, slug) => {
    const owner: NodeId | undefined = view.slugOwner(kind, slug);
    return owner !== undefined && view.node(owner) ? owner : null;
  },
  page: (query, of) => view.page(query, of),
  count: (query, of) => view.count(query, of),
  list: (query) => view.list(query),
  total: (query) => view.total(query),
  facets: (query, by) => view.facets({ ...query, by }),
  size: (kind) => view.nodesInOrder(kind, byId).length,
  degree: (id, relation) => view.links(id, relation).length,
});
