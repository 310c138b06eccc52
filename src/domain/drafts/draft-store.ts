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

/** What an item was when the draft first touched it: the fields (or properties, with `order`) that it has changed since, null if absent. */
export interface DraftBase {
  /** False: the item did not exist. */
  readonly existed: boolean;
  readonly values: Properties;
}

/** A change set that is being written. It lies beside the graph until it is published. */
export interface Draft {
  readonly id: string;
  readonly title: string;
  /** Id and name of the principal whose draft it is. */
  readonly author: string;
  readonly authorName: string;
  /** Ids of all who have edited it, once each; absent if nobody has. */
  readonly editedBy?: readonly string[];
  readonly status: DraftStatus;
  /** Grows by one with each save. */
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly changes: readonly Change[];
  /** By subject: a node's id or `edgeSubject`. */
  readonly base: Readonly<Record<string, DraftBase>>;
  readonly comments: readonly DraftComment[];
  /** The revision that publishing it made, or that was the head if there was nothing to change; null before. */
  readonly publishedAs: Revision | null;
}

/** A key that makes a call repeatable: the same key with the same input gives the first result. */
export interface RepeatKey {
  readonly principal: string;
  readonly key: string;
  /** Of the input that the key came with. */
  readonly inputHash: string;
}

/**
 * Keeps drafts beside the graph, in the same database. Publishing is the graph's commit with `publishes`, which sets
 * status, `publishedAs` and version in the same transaction. Throws what the graph's port throws.
 */
export interface DraftStore {
  draft(id: string): Promise<Draft | null>;
  /** Newest first by creation, ties by id; after the draft at this place, which need not be there any more. */
  drafts(query: {
    readonly author?: string;
    readonly statuses?: readonly DraftStatus[];
    readonly first: number;
    readonly after?: { readonly createdAt: string; readonly id: string };
  }): Promise<readonly Draft[]>;
  /**
   * Saves the draft as it is given if what is stored has the version before it (none, for version 1); else throws CONFLICT.
   * A key that was used before with the same input saves nothing and answers with the result it had; with another input
   * it throws IDEMPOTENCY_KEY_REUSED. Keys are kept 7 days, in the same transaction. `result` is JSON text.
   */
  save(draft: Draft, repeat?: RepeatKey & { readonly result: string }): Promise<{ readonly replayed: string | null }>;
  /** The result that a key had; null if it is new. Throws IDEMPOTENCY_KEY_REUSED for another input. */
  resultOf(repeat: RepeatKey): Promise<string | null>;
}

/** Throws CONFLICT unless the draft that is stored has this version; 0 stands for a draft that is not there. */
export function assertVersion(draft: string, stored: number, wanted: number): void {
  if (stored === wanted) return;
  const now = stored === 0 ? "there is none" : `it is at version ${stored}`;
  const expected = wanted === 0 ? "expected to be new" : `expected at version ${wanted}`;
  throw new DomainError("CONFLICT", `The draft ${JSON.stringify(draft)} was ${expected}, but ${now}.`);
}
