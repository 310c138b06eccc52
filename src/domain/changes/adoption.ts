import type { Revision } from "../graph/node";
import type { EdgeState, NodeState } from "./change-set";

/** What the log says of an item, with the revision that says so; a null state for one that is not there. */
export interface Logged {
  readonly state: NodeState | EdgeState | null;
  readonly revision: Revision;
}

/** What other programs did to a store, and the revision at which it was found. */
export interface Adoption {
  readonly at: Revision;
  /** By subject. */
  readonly logged: ReadonlyMap<string, Logged>;
  /** What `inspect` found astray; it is taken away. */
  readonly strays: readonly string[];
}
