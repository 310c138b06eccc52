import type { Principal } from "../domain/access/principal";
import type { AppliedChange } from "../domain/changes/change-set";
import type { StateReader } from "../domain/changes/state-reader";
import type { Database } from "../domain/database";
import type { QueryableView } from "../domain/graph/graph-view";
import type { Revision } from "../domain/graph/node";
import type { Indexes, Searching } from "../search/search-index";
import type { CommitLog } from "./commit-log";
import type { Links } from "./links";
import type { PromiseOrValue } from "./promise-or-value";

/** The graph at one revision, and what was built from it. */
export interface GraphSnapshot {
  readonly view: QueryableView;
  /** Kept up with the newest revision: what they tell of may not be in the view yet, or no more. */
  indexes(): PromiseOrValue<Pick<Indexes, "words"> & { readonly search: Searching }>;
}

/** How a request reads the graph: one revision from its start to its end, where the graph is served from memory. */
export interface GraphAccess {
  /** The one that the request sees; undefined where the store is asked each time. */
  readonly revision?: Revision | undefined;
  /** The hash of the entry that made this revision: after a restore, a revision can come again with other content. */
  readonly hash?: string | undefined;
  readonly links: Links;
  /** For algorithms that walk the graph. At hand where the graph is served from memory, else it is brought up first. */
  snapshot(): PromiseOrValue<GraphSnapshot>;
  /** The commits that led to this graph. */
  readonly log: CommitLog;
  /** This is the graph as it once was, for reading alone. */
  readonly isPast?: true | undefined;
}

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
  access(request: AccessRequest): PromiseOrValue<GraphAccess>;
}

/** The graph at the head, and what may become of it. */
export interface PublishedGraph {
  readonly access: GraphAccess;
  /** What edits are planned against. */
  readonly state: StateReader;
  /** The graph as it would be after changes that were planned against `state`, one after another. */
  after(...changes: readonly (readonly AppliedChange[])[]): GraphAccess;
}

/** What mutations, and reviews of change sets, need besides the graph of the request. */
export interface Authoring {
  readonly database: Database;
  /** See `Call.allowsOwnApproval`. */
  readonly allowsOwnApproval: boolean;
  /** The graph with all that was committed before the call. */
  head(): Promise<PublishedGraph>;
}
