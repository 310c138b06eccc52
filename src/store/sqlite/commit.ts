import type { ChangeSet } from "../../domain/changes/change-set";
import { changeSetHash } from "../../domain/changes/hash";
import { planCommit } from "../../domain/changes/plan-commit";
import type { CommitOptions, CommitResult } from "../../domain/graph/port";
import { appendCommit, headRevision } from "./commit-log";
import type { Connection } from "./connection";
import { firstResult, forgetOldKeys, rememberResult } from "./idempotency";
import { Pacer } from "./pacer";
import { TransactionState } from "./transaction-state";
import { writeChanges } from "./write-changes";

/** See `GraphStore.commit`; within a transaction that is open on the connection, which nobody else uses meanwhile. */
export async function commitWithin(
  connection: Connection,
  changeSet: ChangeSet,
  { actor, idempotencyKey, skipDanglingMentions = false }: CommitOptions,
  now: Date,
): Promise<CommitResult> {
  const key = { actor, key: idempotencyKey, hash: changeSetHash(changeSet) };
  const first = firstResult(connection, key, now);
  if (first) return first;

  const pacer = new Pacer();
  const changes = await planCommit(changeSet, new TransactionState(connection, pacer), { skipDanglingMentions });
  const head = headRevision(connection);
  const revision = changes.length > 0 ? head + 1 : head;
  const result = Object.freeze({ revision, changes: changes.length, replayed: false });

  forgetOldKeys(connection, now);
  rememberResult(connection, key, result, now);
  if (changes.length > 0) {
    await writeChanges(connection, changes, revision, pacer);
    appendCommit(connection, { revision, at: now.toISOString(), actor, title: changeSet.title, changes });
  }
  return result;
}
