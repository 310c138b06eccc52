/**
 * - INVALID_ARGUMENT: the caller asked for something that has no meaning.
 * - INVALID_CHANGE_SET: a `ChangeSetError`, with a finding for each fault.
 * - IDEMPOTENCY_KEY_REUSED: the key came before with another input.
 * - STORE_UNAVAILABLE: the store cannot be reached, is too busy, or lost the race; trying later may help.
 * - STORE_UNUSABLE: the store is damaged, full or not to be written; somebody has to mend it.
 * - STORE_MISMATCH: the store's format is newer than this program, or not set up.
 * - DEADLINE_EXCEEDED: the store was not done in time.
 * - ABORTED: the caller's signal fired.
 * - CONFLICT: what was to be changed has changed meanwhile.
 * - NOT_FOUND: what was asked for by name is not there, or not for the caller to see.
 * - UNAUTHENTICATED: the credential is not valid. FORBIDDEN: it does not allow this.
 * - KEYS_UNAVAILABLE: the keys that credentials are signed with cannot be had now.
 * - TOO_COMPLEX: it would take more work than is allowed.
 */
export type DomainErrorCode =
  | "INVALID_ARGUMENT"
  | "INVALID_CHANGE_SET"
  | "IDEMPOTENCY_KEY_REUSED"
  | "STORE_UNAVAILABLE"
  | "STORE_UNUSABLE"
  | "STORE_MISMATCH"
  | "DEADLINE_EXCEEDED"
  | "ABORTED"
  | "CONFLICT"
  | "NOT_FOUND"
  | "UNAUTHENTICATED"
  | "FORBIDDEN"
  | "KEYS_UNAVAILABLE"
  | "TOO_COMPLEX";

export class DomainError extends Error {
  constructor(
    readonly code: DomainErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "DomainError";
  }
}

/** What to tell of a failure that ends a program: the message of one that was foreseen, the stack of any other. */
export const failureText = (error: unknown): string =>
  error instanceof DomainError
    ? error.message
    : error instanceof Error
      ? (error.stack ?? error.message)
      : String(error);

export type FindingCode =
  | "TARGET_NOT_FOUND"
  | "WRONG_ENDS"
  | "CYCLE"
  | "SLUG_TAKEN"
  | "INVALID_SLUG"
  | "TOO_MANY"
  | "REQUIRED_FIELD"
  | "REQUIRED_LINK"
  | "INVALID_FIELD"
  | "UNKNOWN_FIELD"
  | "INVALID_REFERENCE"
  | "DUPLICATE"
  | "NODE_IN_USE"
  | "STALE_REVISION"
  | "TOO_LARGE";

/** One fault of a change set. */
export interface Finding {
  readonly code: FindingCode;
  readonly message: string;
  /** The node's id, or `KIND from to` for an edge. */
  readonly subject: string;
  /** The field or property at fault. */
  readonly field?: string;
  /** The index of the change at fault, where it is one. */
  readonly change?: number;
  /** Slugs that may have been meant, nearest first. */
  readonly didYouMean?: readonly string[];
  /** Ids of what else is at fault: the nodes of a cycle in order, those that link to one that is to go. */
  readonly nodes?: readonly string[];
}

/** All faults of a change set; nothing of it was applied. */
export class ChangeSetError extends DomainError {
  constructor(readonly findings: readonly Finding[]) {
    super("INVALID_CHANGE_SET", findings.map((finding) => finding.message).join("\n"));
    this.name = "ChangeSetError";
  }
}
