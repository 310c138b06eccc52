import type { Principal } from "../domain/access/principal";
import type { CommitFeed } from "../domain/graph/commit-feed";
import type { GraphView } from "../domain/graph/graph-view";
import type { Revision } from "../domain/graph/node";
import type { CommitLog } from "./commit-log";
import type { LinkQuery, Links } from "./links";
import type { MaybePromise } from "./maybe-promise";

/** The graph at one revision, and what was built from it. */
export interface Snapshot {
  readonly view: GraphView;
}

/** How a request reads the graph: one revision from its start to its end, where the graph is served from memory. */
export interface GraphAccess {
  /** The one that the request sees; undefined where the store is asked each time. */
  readonly revision?: Revision;
  readonly links: Links;
  /** For algorithms that walk the graph. At hand where the graph is served from memory, else it is brought up first. */
  snapshot(): MaybePromise<Snapshot>;
  /** The commits that led to this graph. */
  readonly log: CommitLog;
  /** This is the graph as it once was, for reading alone. */
  readonly isPast?: true;
}

export interface Report {
  /** Objects that the operation may have to produce. */
  requestedCost: number;
  hasErrors: boolean;
}

/** What every resolver of one request shares. */
export interface GraphQLContext extends GraphAccess {
  readonly principal: Principal;
  readonly requestId: string;
  /** Fires when the answer is no longer wanted or its time is up. */
  readonly signal: AbortSignal;
  /** Queries of connections by relation and arguments, so that parents with the same arguments share a batch. */
  readonly linkQueries: Map<string, MaybePromise<LinkQuery>>;
  /** What is found out while the request is served. */
  readonly report: Report;
}

/** What the resolvers of a subscription share. It outlives many revisions, so each look at the graph is a new one. */
export interface SubscriptionContext extends GraphQLContext {
  readonly feed: CommitFeed;
}

/** A new context, for one request. The access's reads end with the signal. */
export const createContext = (request: Omit<GraphQLContext, "linkQueries" | "report">): GraphQLContext => ({
  ...request,
  linkQueries: new Map(),
  report: { requestedCost: 0, hasErrors: false },
});
