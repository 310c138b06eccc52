import type { ApiKey } from "../../domain/access/key-store";
import type { SqliteConnection } from "./connection";
import { closed, sql } from "./sql";

export const keyColumns = closed("id, name, role, hash, created_at, expires_at, revoked_at, last_used_at");
export type KeyRow = readonly [
  id: string,
  name: string,
  role: ApiKey["role"],
  hash: string,
  createdAt: string,
  expiresAt: string | null,
  revokedAt: string | null,
  lastUsedAt: string | null,
];

export const keyOf = ([id, name, role, hash, createdAt, expiresAt, revokedAt, lastUsedAt]: KeyRow): ApiKey =>
  Object.freeze({ id, name, role, hash, createdAt, expiresAt, revokedAt, lastUsedAt });

/** Writes a key in the place of one with its id. */
export function writeKey(connection: SqliteConnection, key: ApiKey): void {
  const { id, name, role, hash, createdAt, expiresAt, revokedAt, lastUsedAt } = key;
  connection.run(
    sql`INSERT OR REPLACE INTO api_key (${keyColumns})
      VALUES (${id}, ${name}, ${role}, ${hash}, ${createdAt}, ${expiresAt}, ${revokedAt}, ${lastUsedAt})`,
  );
}
