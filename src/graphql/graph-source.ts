import type { Revision } from "../domain/graph/node";
import type { GraphAccess } from "./context";
import type { MaybePromise } from "./maybe-promise";

export interface AccessRequest {
  /** Ends reads. */
  readonly signal: AbortSignal;
  /** What is seen must be at least this revision. */
  readonly minRevision?: Revision | undefined;
}

/** Gives each request its way to the graph. */
export interface GraphSource {
  /** Throws STORE_UNAVAILABLE if the revision asked for has not come in time. */
  access(request: AccessRequest): MaybePromise<GraphAccess>;
}
