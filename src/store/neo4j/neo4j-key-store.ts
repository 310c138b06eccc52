import { randomUUID } from "node:crypto";
import type { ApiKey, KeyStore } from "../../domain/access/key-store";
import { DomainError } from "../../domain/errors";
import { addKeyStatement, keysStatement, keyStatement, revokeKeyStatement, useApiKeyStatement } from "./cypher/keys";
import type { Row } from "./cypher/statement";
import type { Reads } from "./driver/reads";
import type { Transact } from "./driver/writes";

export class Neo4jKeyStore implements KeyStore {
  constructor(
    private readonly reads: Reads,
    private readonly transact: Transact,
  ) {}

  async add(key: ApiKey): Promise<void> {
    // Distinguishes a key that this call has added, if the answer to its COMMIT was lost, from an older one.
    const attempt = randomUUID();
    await this.transact(async (run) => {
      const [row] = await run(addKeyStatement(key, attempt));
      if (row?.[0] !== attempt) {
        throw new DomainError("INVALID_ARGUMENT", `There is an API key ${key.id} already.`);
      }
    });
  }

  async key(id: string): Promise<ApiKey | null> {
    const [row] = await this.reads.rows(keyStatement(id));
    return row ? keyOf(row) : null;
  }

  async keys(): Promise<readonly ApiKey[]> {
    return (await this.reads.rows(keysStatement)).map(keyOf);
  }

  async revoke(id: string, at: string): Promise<boolean> {
    return (await this.transact((run) => run(revokeKeyStatement(id, at)))).length > 0;
  }

  async used(id: string, at: string): Promise<void> {
    await this.transact((run) => run(useApiKeyStatement(id, at)));
  }
}

type Values = readonly [
  name: string,
  role: ApiKey["role"],
  hash: string,
  createdAt: string,
  expiresAt: string | null,
  revokedAt: string | null,
  lastUsedAt: string | null,
];

/** Returns the key in a row of `keysStatement` or `keyStatement`. */
export function keyOf([id, values]: Row): ApiKey {
  const [name, role, hash, createdAt, expiresAt, revokedAt, lastUsedAt] = values as Values;
  return Object.freeze({ id: id as string, name, role, hash, createdAt, expiresAt, revokedAt, lastUsedAt });
}
