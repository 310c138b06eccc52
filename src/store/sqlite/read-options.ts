import { DomainError } from "../../domain/errors";
import type { Revision } from "../../domain/graph/node";

export interface ReadOptions {
  readonly signal?: AbortSignal;
  /** Reads see at least this revision. */
  readonly after?: Revision;
}

/** Throws the signal's reason if that is a DomainError, else ABORTED. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return;
  const reason: unknown = signal.reason;
  throw reason instanceof DomainError
    ? reason
    : new DomainError("ABORTED", "The read was given up.", { cause: reason });
}

/** A file is never behind itself, so a revision that it lacks is from another one, or from before it was restored. */
export function assertReached(revision: Revision, after: Revision): void {
  if (revision < after) {
    throw new DomainError(
      "STORE_UNAVAILABLE",
      `The store is at revision ${revision} and has not reached revision ${after}.`,
    );
  }
}
