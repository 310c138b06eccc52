import type { ApiKey, KeyStore } from "../../domain/access/key-store";
import { DomainError } from "../../domain/errors";
import type { SqliteConnection } from "./connection";
import { closed, sql } from "./sql";
import type { SqliteFile } from "./store-file";

export class SqliteKeyStore implements KeyStore {
  constructor(private readonly file: SqliteFile) {}

  add(key: ApiKey): Promise<void> {
    return this.file.write((connection) => {
      if (connection.row(sql`SELECT id FROM api_key WHERE id = ${key.id}`)) {
        throw new DomainError("INVALID_ARGUMENT", `There is an API key ${key.id} already.`);
      }
      writeKey(connection, key);
    });
  }

  key(id: string): Promise<ApiKey | null> {
    return this.file.read((connection) => {
      const row = connection.row<KeyRow>(sql`SELECT ${keyColumns} FROM api_key WHERE id = ${id}`);
      return row ? keyOf(row) : null;
    });
  }

  keys(): Promise<readonly ApiKey[]> {
    return this.file.read((connection) =>
      connection.rows<KeyRow>(sql`SELECT ${keyColumns} FROM api_key ORDER BY created_at, id`).map(keyOf),
    );
  }

  revoke(id: string, at: string): Promise<boolean> {
    return this.file.write((connection) => {
      connection.run(sql`UPDATE api_key SET revoked_at = ${at} WHERE id = ${id} AND revoked_at IS NULL`);
      return connection.row(sql`SELECT id FROM api_key WHERE id = ${id}`) !== undefined;
    });
  }

  used(id: string, at: string): Promise<void> {
    return this.file.write((connection) =>
      connection.run(
        sql`UPDATE api_key SET last_used_at = ${at} WHERE id = ${id} AND (last_used_at IS NULL OR last_used_at < ${at})`,
      ),
    );
  }
}

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
