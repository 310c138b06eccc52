import type { AppliedChange } from "../domain/changes/change-set";
import type { StateReader } from "../domain/changes/state-reader";
import type { Database } from "../domain/database";
import type { GraphAccess } from "./graph-access";

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
