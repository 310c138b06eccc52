import type { Actor } from "../../domain/changes/change-set";
import { DomainError } from "../../domain/errors";
import type { Revision } from "../../domain/graph/node";
import type { CommitResult } from "../../domain/graph/port";
import type { Connection } from "./connection";
import { sql } from "./sql";

const keptMilliseconds = 7 * 24 * 60 * 60 * 1_000;

export interface IdempotencyKey {
  readonly actor: Actor;
  readonly key: string;
  /** Of the change set that the key came with. */
  readonly hash: string;
}

const oldest = (now: Date): string => new Date(now.getTime() - keptMilliseconds).toISOString();

/** Removes the keys that are older than they are kept. */
export function forgetOldKeys(connection: Connection, now: Date): void {
  connection.run(sql`DELETE FROM idempotency WHERE at < ${oldest(now)}`);
}

/** The result that the key had the first time; undefined if it is new. Throws IDEMPOTENCY_KEY_REUSED for another change set. */
export function firstResult(
  connection: Connection,
  { actor, key, hash }: IdempotencyKey,
  now: Date,
): CommitResult | undefined {
  const row = connection.row<[hash: string, revision: Revision, changes: number]>(
    sql`SELECT hash, revision, changes FROM idempotency WHERE actor_kind = ${actor.kind} AND actor_name = ${actor.name} AND key = ${key} AND at >= ${oldest(now)}`,
  );
  if (!row) return undefined;
  const [firstHash, revision, changes] = row;
  if (firstHash !== hash) {
    throw new DomainError(
      "IDEMPOTENCY_KEY_REUSED",
      `The idempotency key ${JSON.stringify(key)} was used before, with another change set.`,
    );
  }
  return Object.freeze({ revision, changes, replayed: true });
}

export function rememberResult(
  connection: Connection,
  { actor, key, hash }: IdempotencyKey,
  result: CommitResult,
  now: Date,
): void {
  connection.run(
    sql`INSERT INTO idempotency (actor_kind, actor_name, key, at, hash, revision, changes)
      VALUES (${actor.kind}, ${actor.name}, ${key}, ${now.toISOString()}, ${hash}, ${result.revision}, ${result.changes})`,
  );
}
