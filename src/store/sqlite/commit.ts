import type { ChangeSet } from "../../domain/changes/change-set";
import { adoptingReader } from "../../domain/changes/as-logged";
import { inputHashOf } from "../../domain/changes/input-hash";
import { logEntry } from "../../domain/changes/log-entry";
import { planCommit } from "../../domain/changes/plan-commit";
import { assertVersion } from "../../domain/drafts/draft-store";
import type { CommitOptions, CommitResult, Compose, LastChanges } from "../../domain/graph/port";
import { Pacer } from "../../domain/pacer";
import { appendEntry, headOfLog, lastChanges, packedParts } from "./commit-log";
import type { SqliteConnection } from "./connection";
import { markPublished, storedVersion } from "./draft-rows";
import { firstResult, forgetOldKeys, rememberResult } from "./idempotency";
import { TransactionState } from "./transaction-state";
import { writeChanges } from "./write-changes";

/** See `GraphStore.commit`; within a transaction that is open on the connection, which nobody else uses meanwhile. */
export async function commitWithin(
  connection: SqliteConnection,
  given: ChangeSet | Compose,
  options: CommitOptions,
  now: Date,
): Promise<CommitResult> {
  const { actor, idempotencyKey, publishes, skipDanglingMentions = false } = options;
  const key = { actor, key: idempotencyKey, hash: inputHashOf(given, options) };
  const first = firstResult(connection, key, now);
  if (first) return first;

  if (publishes) assertVersion(publishes.draft, storedVersion(connection, publishes.draft), publishes.version);

  const pacer = new Pacer();
  const head = headOfLog(connection);
  const reader = adoptingReader(new TransactionState(connection, pacer), options.adopts, head.revision);
  const log: LastChanges = { lastChanges: async (subjects) => lastChanges(connection, subjects) };
  const changeSet = typeof given === "function" ? await given(reader, log) : given;
  const changes = await planCommit(changeSet, reader, { skipDanglingMentions });
  const at = now.toISOString();
  const revision = changes.length > 0 ? head.revision + 1 : head.revision;
  const result = Object.freeze({ revision, changes: changes.length, replayed: false });

  forgetOldKeys(connection, now);
  rememberResult(connection, key, result, now);
  if (changes.length > 0) {
    const draft = publishes && { draft: publishes.draft };
    const entry = await logEntry({ revision, at, actor, title: changeSet.title, ...draft, changes }, head.hash, pacer);
    const packing = packedParts(entry);
    const writing = writeChanges(connection, changes, revision, pacer);
    // Both are waited for, whatever becomes of one: a transaction that is written to must not be rolled back.
    await Promise.allSettled([packing, writing]);
    await writing;
    appendEntry(connection, entry, await packing);
  }
  if (publishes) markPublished(connection, publishes, revision, at);
  return result;
}
