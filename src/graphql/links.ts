import type { QueryableView } from "../domain/graph/graph-view";
import type { GraphNode, Link } from "../domain/graph/node";
import { byId } from "../domain/graph/order";
import type { Facet, LinkPage, ListQuery, NeighboursQuery, NodePage } from "../domain/graph/port";
import type { NodeId, Slug } from "../domain/ids";
import type { NodeKind } from "../domain/ontology/node-kinds";
import { type DerivedRelation, isEdgeRelation, type RelationName, relations } from "../domain/ontology/relations";
import type { PromiseOrValue } from "./promise-or-value";

/** Which links of a node, without saying of which node. The same object asks for the same page, so parents share a batch. */
export type LinkQuery = Omit<NeighboursQuery, "of">;
type CountQuery = Pick<NeighboursQuery, "relation" | "where">;

/**
 * What resolvers know of the graph, for one request. Whatever is asked for node by node is read in batches, and a node
 * that came with a link is at hand afterwards. Errors are those of the reader.
 */
export interface Links {
  /** Null if there is no such node. */
  node(id: NodeId): PromiseOrValue<GraphNode | null>;
  /** By a current or former slug; null if no node has or had it, or if it is gone. */
  idBySlug(kind: NodeKind, slug: Slug): PromiseOrValue<NodeId | null>;
  /** Long texts that are present, by field name. */
  texts(id: NodeId): PromiseOrValue<Readonly<Record<string, string>>>;
  /** Empty for a node that does not exist. */
  page(query: LinkQuery, of: NodeId): PromiseOrValue<LinkPage>;
  count(query: CountQuery, of: NodeId): PromiseOrValue<number>;
  list(query: ListQuery): PromiseOrValue<NodePage>;
  total(query: Pick<ListQuery, "kind" | "where">): PromiseOrValue<number>;
  facets(query: Pick<ListQuery, "kind" | "where">, by: string): PromiseOrValue<readonly Facet[]>;
  /** How many nodes of a kind there are; 0 where that is not at hand. */
  size(kind: NodeKind): number;
  /** How many links a node has by a relation, or are walked for one that follows from others; 0 where that is not at hand. */
  degree(id: NodeId, relation: RelationName): number;
}

/** What the fields of a link's type are read from: its properties side by side with its node, as a node has its fields. */
export interface LinkSource extends Pick<Link, "node" | "because"> {
  readonly [property: string]: unknown;
}

export const linkSource = ({ node, properties, because }: Link): LinkSource =>
  because ? { ...properties, node, because } : { ...properties, node };

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
