import type { GraphReader } from "../domain/graph/port";
import { batchedLinks } from "./batched-links";
import type { LinkQuery, Links } from "./links";
import type { MaybePromise } from "./maybe-promise";

/** What every resolver of one request shares. */
export interface GraphQLContext {
  readonly links: Links;
  readonly reader: GraphReader;
  readonly requestId: string;
  /** Fires when the answer is no longer wanted or its time is up. */
  readonly signal: AbortSignal;
  /** Queries of connections by relation and arguments, so that parents with the same arguments share a batch. */
  readonly linkQueries: Map<string, MaybePromise<LinkQuery>>;
}

/** A new context, for one request. The reader's reads end with the signal. */
export const createContext = (request: Pick<GraphQLContext, "reader" | "requestId" | "signal">): GraphQLContext => ({
  ...request,
  links: batchedLinks(request.reader),
  linkQueries: new Map(),
});
