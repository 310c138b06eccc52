import type { NodeId, Slug } from "../ids";
import type { EdgeKind } from "../ontology/edge-kinds";
import type { LightFields, NodeKind } from "../ontology/node-kinds";

/** The number of a commit; 0 is the empty bank. */
export type Revision = number;

export interface NodeBase<K extends NodeKind = NodeKind> {
  readonly id: NodeId;
  readonly kind: K;
  readonly slug: Slug;
  /** Earlier slugs, the first one first; no key if there are none. */
  readonly formerSlugs?: readonly Slug[];
  /** The commit that last changed the node itself (not its links). Not `revision`: sources have a field of that name. */
  readonly changedIn: Revision;
}

/** A node with its light fields beside its identity; frozen. Absent optional fields have no key. */
export type GraphNode<K extends NodeKind = NodeKind> = { [P in K]: NodeBase<P> & LightFields<P> }[K];

export interface EdgeKey {
  readonly edge: EdgeKind;
  readonly from: NodeId;
  readonly to: NodeId;
}

/** Identifies an edge in logs and messages. Ids hold no spaces. */
export const edgeSubject = (key: EdgeKey): string => `${key.edge} ${key.from} ${key.to}`;

export type Properties = Readonly<Record<string, unknown>>;

/** What makes a derived link: a node on the way, and the reason on one of the edges. */
export interface Because {
  readonly node: GraphNode;
  readonly reason?: string;
}

/** A neighbour, seen from the node that was asked about. */
export interface Link<K extends NodeKind = NodeKind> {
  readonly node: GraphNode<K>;
  /** The edge's properties without its order; empty for a derived link. */
  readonly properties: Properties;
  /** The edge's `order`, for ordered edge kinds. */
  readonly position?: number;
  /** For derived links: by node id, then reason by code point; at most `becauseLimit`. */
  readonly because?: readonly Because[];
}
