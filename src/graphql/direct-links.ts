import type { QueryableView } from "../domain/graph/graph-view";
import { byId } from "../domain/graph/order";
import type { NodeId } from "../domain/ids";
import { type DerivedRelation, isEdgeRelation, type RelationName, relations } from "../domain/ontology/relations";
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
  degree: (id, name) => {
    const relation = relations[name];
    return isEdgeRelation(relation) ? view.links(id, name).length : linksOfChains(view, id, relation);
  },
});

/** How many links are walked for what follows from chains of links. */
function linksOfChains(view: QueryableView, id: NodeId, { derived }: DerivedRelation): number {
  let count = 0;
  for (const { steps } of derived.alternatives) {
    let level: readonly NodeId[] = [id];
    for (const [index, step] of (steps as readonly RelationName[]).entries()) {
      const links = level.map((each) => view.links(each, step));
      for (const { length } of links) count += length;
      // Where the last ones lead is not needed.
      level = index < steps.length - 1 ? links.flatMap((some) => some.map(({ other }) => other)) : [];
    }
  }
  return count;
}
