import type { ApiKey } from "../../../domain/access/key-store";
import { found, labels, type Statement } from "./statement";

const keyById = found("k", labels.apiKey, { id: "$id" });
const told =
  "RETURN k.id AS key, [k.name, k.role, k.hash, k.createdAt, k.expiresAt, k.revokedAt, k.lastUsedAt] AS value";

/** The key with the id: one row, or none if there is no such key. */
export const keyStatement = (id: string): Statement => ({ text: `${keyById} ${told}`, parameters: { id } });

/** All keys, by time of creation and id. */
export const keysStatement: Statement = {
  text: `MATCH (k:${labels.apiKey}) ${told} ORDER BY k.createdAt, k.id`,
  parameters: {},
};

/** Creates the key unless one with its id exists. One row, keyed by the attempt that created the existing key. */
export const addKeyStatement = (key: ApiKey, attempt: string): Statement => ({
  text:
    `MERGE (k:${labels.apiKey} {id: $id}) ON CREATE SET k += $added, k.attempt = $attempt ` +
    "RETURN k.attempt AS key, null AS value",
  parameters: { id: key.id, added: { ...key }, attempt },
});

// The first write locks the key, so that the values compared afterwards cannot change.
const locked = `${keyById} SET k._lock = true WITH k`;

/** Revokes the key, but keeps an earlier time of revocation. One row, or none if there is no such key. */
export const revokeKeyStatement = (id: string, at: string): Statement => ({
  text: `${locked} SET k.revokedAt = coalesce(k.revokedAt, $at) RETURN k.id AS key, null AS value`,
  parameters: { id, at },
});

export const useApiKeyStatement = (id: string, at: string): Statement => ({
  text: `${locked} WHERE k.lastUsedAt IS NULL OR k.lastUsedAt < $at SET k.lastUsedAt = $at RETURN k.id AS key, null AS value`,
  parameters: { id, at },
});
