import type { Actor } from "../../domain/changes/change-set";
import { assertSameInput } from "../../domain/changes/hash";
import type { Revision } from "../../domain/graph/node";
import type { CommitResult } from "../../domain/graph/port";
import type { SqliteConnection } from "./connection";
import { sql } from "./sql";

const keptMilliseconds = 7 * 24 * 60 * 60 * 1_000;

interface IdempotencyKey {
  readonly actor: Actor;
  readonly key: string;
  /** Of the input that the key came with. */
  readonly hash: string;
}

/** Keys that were used before this time are forgotten. */
export const minKeptTime = (now: Date): string => new Date(now.getTime() - keptMilliseconds).toISOString();

/** Removes the keys that are older than they are kept. */
export function forgetOldKeys(connection: SqliteConnection, now: Date): void {
  connection.run(sql`DELETE FROM idempotency WHERE at < ${minKeptTime(now)}`);
}

/** The result that the key had the first time; undefined if it is new. Throws IDEMPOTENCY_KEY_REUSED for another input. */
export function firstResult(
  connection: SqliteConnection,
  { actor, key, hash }: IdempotencyKey,
  now: Date,
): CommitResult | undefined {
  const row = connection.row<[hash: string, revision: Revision, changes: number]>(
    sql`SELECT hash, revision, changes FROM idempotency WHERE actor_kind = ${actor.kind} AND actor_name = ${actor.name} AND key = ${key} AND at >= ${minKeptTime(now)}`,
  );
  if (!row) return undefined;
  const [firstHash, revision, changes] = row;
  assertSameInput(key, firstHash, hash);
  return Object.freeze({ revision, changes, replayed: true });
}

export function rememberResult(
  connection: SqliteConnection,
  { actor, key, hash }: IdempotencyKey,
  result: CommitResult,
  now: Date,
): void {
  connection.run(
    sql`INSERT INTO idempotency (actor_kind, actor_name, key, at, hash, revision, changes)
      VALUES (${actor.kind}, ${actor.name}, ${key}, ${now.toISOString()}, ${hash}, ${result.revision}, ${result.changes})`,
  );
}
