import type { NodeId, Slug } from "../ids";
import type { EdgeKind } from "../ontology/edge-kinds";
import type { NodeKind } from "../ontology/node-kinds";
import type { EdgeKey, Revision } from "../graph/node";
import type { EdgeState, NodeState } from "./change-set";

/**
 * The part of the graph that planning a commit reads. An adapter supplies it inside the commit's transaction, after the
 * head is locked, so that its answers stay true until the commit. Maps have no entry for what does not exist.
 */
export interface StateReader {
  nodes(
    ids: readonly NodeId[],
  ): Promise<ReadonlyMap<NodeId, { readonly state: NodeState; readonly revision: Revision }>>;
  /** The ids of nodes that exist. Cheaper than `nodes` if nothing else is asked. */
  existing(ids: readonly NodeId[]): Promise<ReadonlySet<NodeId>>;
  /** Keyed by `edgeSubject`. */
  edges(
    keys: readonly EdgeKey[],
  ): Promise<ReadonlyMap<string, { readonly state: EdgeState; readonly revision: Revision }>>;
  /**
   * The edges of a kind that have one of the ids at the given end: at most `limit` for each id, the first ones by the
   * id of the other end.
   */
  adjacent(query: {
    readonly edge: EdgeKind;
    readonly end: "from" | "to";
    readonly of: readonly NodeId[];
    readonly limit: number;
  }): Promise<ReadonlyMap<NodeId, readonly EdgeState[]>>;
  /** The owners of current and former slugs, removed nodes included: a slug never goes to another node. */
  slugOwners(kind: NodeKind, slugs: readonly Slug[]): Promise<ReadonlyMap<Slug, NodeId>>;
  /** Current slugs of the kind, by code point, at most `limit`. They serve to suggest near names. */
  slugs(kind: NodeKind, limit: number): Promise<readonly Slug[]>;
}
