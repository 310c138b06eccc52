import type { Change } from "../changes/change-set";
import { DomainError } from "../errors";
import type { Properties, Revision } from "../graph/node";

export const draftStatuses = ["OPEN", "SUBMITTED", "CHANGES_REQUESTED", "APPROVED", "PUBLISHED", "DISCARDED"] as const;
export type DraftStatus = (typeof draftStatuses)[number];

export interface DraftComment {
  readonly by: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly text: string;
}

/**
 * An item as it was published when the draft last changed it. `values` has the fields that the draft changed (`slug`
 * and `order` included), each as it was published then; null where absent.
 */
export interface DraftBase {
  readonly existed: boolean;
  readonly values: Properties;
}

/** A change set that is being written. It lies beside the graph until it is published. */
export interface Draft {
  readonly id: string;
  readonly title: string;
  /** Id of the principal who opened it; `authorName` is the name. */
  readonly author: string;
  readonly authorName: string;
  /** Ids of all principals who have edited it, once each; absent if nobody has. */
  readonly editedBy?: readonly string[];
  readonly status: DraftStatus;
  /** Starts at 1 and grows by one with each save. */
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly changes: readonly Change[];
  /** Keyed by subject: the id of a node (`Concept:quorum`), or `KIND from to` for an edge (`edgeSubject`). */
  readonly base: Readonly<Record<string, DraftBase>>;
  readonly comments: readonly DraftComment[];
  /**
   * The revision that publishing it made, or that of the head if there was nothing to change. Null until it is
   * published.
   */
  readonly publishedAs: Revision | null;
}

/** A key that makes a call repeatable: the same key with the same input returns the first result. */
export interface RepeatKey {
  readonly principal: string;
  readonly key: string;
  readonly inputHash: string;
}

/**
 * Keeps drafts beside the graph, in the same database. A draft is published by the graph's commit with `publishes`,
 * which sets status, `publishedAs` and version in the same transaction. Methods throw what the graph's port throws.
 */
export interface DraftStore {
  draft(id: string): Promise<Draft | null>;
  /**
   * Drafts, newest first by creation, ties by id; at most `first`. `after` is the place of the draft to continue after,
   * which need not exist any more.
   */
  drafts(query: {
    readonly author?: string;
    readonly statuses?: readonly DraftStatus[];
    readonly first: number;
    readonly after?: { readonly createdAt: string; readonly id: string };
  }): Promise<readonly Draft[]>;
  /**
   * Saves the draft if the stored one has the version before it (no stored one, for version 1); otherwise throws
   * CONFLICT.
   * A key that was used before with the same input saves nothing and returns its first result as `replayed`, else null.
   * The same key with another input throws IDEMPOTENCY_KEY_REUSED. Keys are kept for 7 days, and are written in the
   * same transaction. `result` is JSON text.
   */
  save(draft: Draft, repeat?: RepeatKey & { readonly result: string }): Promise<{ readonly replayed: string | null }>;
  /** The result of a key; null if the key is new. Throws IDEMPOTENCY_KEY_REUSED if the key came with another input. */
  resultOf(repeat: RepeatKey): Promise<string | null>;
}

/** Throws CONFLICT unless the stored draft has this version; version 0 means that there is no such draft. */
export function assertVersion(draft: string, stored: number, wanted: number): void {
  if (stored === wanted) return;
  const now = stored === 0 ? "there is none" : `it is at version ${stored}`;
  const expected = wanted === 0 ? "expected to be new" : `expected at version ${wanted}`;
  throw new DomainError("CONFLICT", `The draft ${JSON.stringify(draft)} was ${expected}, but ${now}.`);
}
