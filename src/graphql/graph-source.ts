import type { Principal } from "../domain/access/principal";
import type { Revision } from "../domain/graph/node";
import type { Authoring } from "./authoring";
import type { GraphAccess } from "./graph-access";
import type { MaybePromise } from "./maybe-promise";

/** Which graph a request is about, where it is not what is published now. */
export type RequestedView = { readonly revision: Revision } | { readonly changeSet: string };

export interface AccessRequest {
  /** Its signal ends the access's reads. Whoever reads from memory does without. */
  readonly ending: { readonly signal: AbortSignal };
  readonly principal: Principal;
  /** Null: what is published now. */
  readonly view: RequestedView | null;
  /** What is published must have come to this revision. */
  readonly minRevision?: Revision | undefined;
}

/** Gives each request its way to the graph. */
export interface GraphSource {
  readonly authoring: Authoring;
  /** To what is published now. */
  published(request: Pick<AccessRequest, "ending">): GraphAccess;
  /**
   * Views need a role: without one they are UNAUTHENTICATED. Throws NOT_FOUND for a revision that has not been made and for
   * a change set that is not there or not for this principal to see, TOO_COMPLEX for a revision that is too far back,
   * STORE_UNAVAILABLE if the least revision has not come in time.
   */
  access(request: AccessRequest): MaybePromise<GraphAccess>;
}
