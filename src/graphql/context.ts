import type { Principal } from "../domain/access/principal";
import type { GraphView } from "../domain/graph/graph-view";
import type { WordIndex } from "../domain/recommendation/word-index";
import type { LinkQuery, Links } from "./links";
import type { MaybePromise } from "./maybe-promise";

/** The graph at one revision, and what was built from it. */
export interface Snapshot {
  readonly view: GraphView;
  /** The words of its questions. */
  readonly words: WordIndex;
}

/** How a request reads the graph: one revision from its start to its end, where the graph is served from memory. */
export interface GraphAccess {
  readonly links: Links;
  /** For algorithms that walk the graph. At hand where the graph is served from memory, else it is brought up first. */
  snapshot(): MaybePromise<Snapshot>;
}

/** What every resolver of one request shares. */
export interface GraphQLContext extends GraphAccess {
  readonly principal: Principal;
  readonly requestId: string;
  /** Fires when the answer is no longer wanted or its time is up. */
  readonly signal: AbortSignal;
  /** Queries of connections by relation and arguments, so that parents with the same arguments share a batch. */
  readonly linkQueries: Map<string, MaybePromise<LinkQuery>>;
}

/** A new context, for one request. The access's reads end with the signal. */
export const createContext = (request: Omit<GraphQLContext, "linkQueries">): GraphQLContext => ({
  ...request,
  linkQueries: new Map(),
});
