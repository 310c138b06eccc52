import type { QueryableView } from "../domain/graph/graph-view";
import type { Revision } from "../domain/graph/node";
import type { Indexes } from "../search/indexes";
import type { Searching } from "../search/search-index";
import type { CommitLog } from "./commit-log";
import type { Links } from "./links";
import type { MaybePromise } from "./maybe-promise";

/** The graph at one revision, and what was built from it. */
export interface GraphSnapshot {
  readonly view: QueryableView;
  /** Kept up with the newest revision: what they tell of may not be in the view yet, or no more. */
  indexes(): MaybePromise<Pick<Indexes, "words"> & { readonly search: Searching }>;
}

/** How a request reads the graph: one revision from its start to its end, where the graph is served from memory. */
export interface GraphAccess {
  /** The one that the request sees; undefined where the store is asked each time. */
  readonly revision?: Revision;
  /** The hash of the entry that made this revision: after a restore, a revision can come again with other content. */
  readonly hash?: string;
  readonly links: Links;
  /** For algorithms that walk the graph. At hand where the graph is served from memory, else it is brought up first. */
  snapshot(): MaybePromise<GraphSnapshot>;
  /** The commits that led to this graph. */
  readonly log: CommitLog;
  /** This is the graph as it once was, for reading alone. */
  readonly isPast?: true;
}
