import type { EdgeState } from "../changes/change-set";
import type { NodeId, Slug } from "../ids";
import type { NodeKind } from "../ontology/node-kinds";
import type { RelationName } from "../ontology/relations";
import type { GraphNode, Properties, Revision } from "./node";
import type { Order } from "./order";
import type { Facet, LinkPage, ListQuery, NeighboursQuery, NodePage } from "./port";

/** An edge, seen from one of its ends. */
export interface Adjacent {
  readonly other: NodeId;
  readonly edge: EdgeState;
  readonly revision: Revision;
}

/** Items by index, made or read when asked for, so that a page of a long list costs its own length. */
export interface Sequence<T> {
  readonly length: number;
  at(index: number): T;
}

/**
 * One revision of the graph, light fields only, read synchronously: what algorithms walk. It never changes. An id that an
 * edge names always leads to a node.
 */
export interface GraphView {
  readonly revision: Revision;
  /** The hash of the log's entry that made this revision; empty for the empty bank, and where no entry made it. */
  readonly hash: string;
  node(id: NodeId): GraphNode | undefined;
  /** The links of a node by an edge relation, in the relation's default order; none for a node that does not exist. */
  links(id: NodeId, relation: RelationName): readonly Adjacent[];
  /** Whose slug this is or once was; the node may have been removed. */
  slugOwner(kind: NodeKind, slug: Slug): NodeId | undefined;
  nodesInOrder(kind: NodeKind, order: Order): Sequence<GraphNode>;
  /**
   * What `make` gave when this revision was first asked for `key`: for answers that are costly to find. Kept as long as the
   * view, unless `bytesOf` says how much memory it takes: then it goes when others need the room.
   */
  remember<T>(key: string, make: (view: GraphView) => T, bytesOf?: (made: T) => number): T;
}

/** A node that is known to be there, such as the other end of a link. */
export const nodeAt = <K extends NodeKind = NodeKind>(view: GraphView, id: NodeId): GraphNode<K> =>
  view.node(id) as unknown as GraphNode<K>;

type Neighbours = Omit<NeighboursQuery, "of" | "ahead">;
type Filtered = Pick<ListQuery, "kind" | "where">;

/** A view that answers what a `GraphReader` does, synchronously; long texts and the scan excepted. */
export interface QueryableView extends GraphView {
  /** Empty for a node that does not exist or is of another kind. */
  page(query: Neighbours, of: NodeId): LinkPage;
  count(query: Pick<Neighbours, "relation" | "where">, of: NodeId): number;
  list(query: ListQuery): NodePage;
  total(query: Filtered): number;
  facets(query: Filtered & { readonly by: string }): readonly Facet[];
}

/** The little that judging single nodes and links takes, so that it can be done on a bank of files and on a graph alike. */
export interface GraphFacts {
  /** The light fields that are present; undefined if there is no such node. */
  fields(id: NodeId): Properties | undefined;
  /** The links of a node by an edge relation. */
  links(id: NodeId, relation: RelationName): readonly { readonly other: NodeId; readonly edge: EdgeState }[];
}

export const factsOf = (view: GraphView): GraphFacts => ({
  fields: (id) => view.node(id) as Properties | undefined,
  links: (id, relation) => view.links(id, relation),
});
