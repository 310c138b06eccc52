import type { Revision } from "../graph/node";
import type { CommitHead } from "./change-set";

export interface HistoryPage {
  /** Commits before this revision; all if it is left out. */
  readonly before?: Revision;
  readonly first: number;
}

/** Commits that changed a subject, newest first. */
export interface History {
  readonly commits: readonly CommitHead[];
  /** Where the next page begins; null if there is none. A page can hold less than was asked for and have a next one. */
  readonly before: Revision | null;
}
