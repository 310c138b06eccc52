import type { NodeId, Slug } from "../ids";
import type { EdgeKind } from "../ontology/edge-kinds";
import type { NodeKind } from "../ontology/node-kinds";
import type { EdgeKey, Revision } from "../graph/node";
import type { EdgeState, NodeState } from "./change-set";

/**
 * What planning a commit needs to know of the graph. An adapter supplies it inside the commit's transaction, after the
 * head is locked, so that what it tells stays true until the commit. Maps hold no entry for what does not exist.
 */
export interface StateReader {
  nodes(
    ids: readonly NodeId[],
  ): Promise<ReadonlyMap<NodeId, { readonly state: NodeState; readonly revision: Revision }>>;
  /** Those that exist: less to read than `nodes`, for whoever wants to know no more. */
  existing(ids: readonly NodeId[]): Promise<ReadonlySet<NodeId>>;
  /** Keyed by `edgeSubject`. */
  edges(
    keys: readonly EdgeKey[],
  ): Promise<ReadonlyMap<string, { readonly state: EdgeState; readonly revision: Revision }>>;
  /** Edges of a kind that have one of the ids at the given end; at most `limit` for each id, the first by the other end. */
  adjacent(query: {
    readonly edge: EdgeKind;
    readonly end: "from" | "to";
    readonly of: readonly NodeId[];
    readonly limit: number;
  }): Promise<ReadonlyMap<NodeId, readonly EdgeState[]>>;
  /** Whose these slugs are or once were, removed nodes included: a slug never goes to another node. */
  slugOwners(kind: NodeKind, slugs: readonly Slug[]): Promise<ReadonlyMap<Slug, NodeId>>;
  /** Current slugs of the kind, at most `limit` of them, by code point: for suggesting near names. */
  slugs(kind: NodeKind, limit: number): Promise<readonly Slug[]>;
}
