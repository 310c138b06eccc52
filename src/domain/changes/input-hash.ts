import { DomainError } from "../errors";
import type { CommitOptions, Compose } from "../graph/port";
import type { ChangeSet } from "./change-set";
import { changeSetHash } from "./hash";

/** What a commit's key is for. Throws INVALID_ARGUMENT where it cannot be known before the change set is composed. */
export function inputHashOf(changes: ChangeSet | Compose, { inputHash }: CommitOptions): string {
  if (inputHash !== undefined) return inputHash;
  if (typeof changes !== "function") return changeSetHash(changes);
  throw new DomainError("INVALID_ARGUMENT", "A commit whose change set is composed needs the hash of its input.");
}

/** Throws IDEMPOTENCY_KEY_REUSED unless a key that comes again has the input that it had the first time. */
export function assertSameInput(key: string, firstHash: string, hash: string): void {
  if (firstHash === hash) return;
  throw new DomainError(
    "IDEMPOTENCY_KEY_REUSED",
    `The idempotency key ${JSON.stringify(key)} was used before, with another input.`,
  );
}
