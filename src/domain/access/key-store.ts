import type { AccessRole } from "./principal";

/** An API key as it is stored: with the hash of its secret, never the secret. */
export interface ApiKey {
  /** The public part of the key: the 12 hexadecimal digits of `fk_<id>_…`. */
  readonly id: string;
  readonly name: string;
  readonly role: Exclude<AccessRole, "ANONYMOUS">;
  /** SHA-256 of the secret, hexadecimal. Secrets are random and long, so a slow hash adds nothing. */
  readonly hash: string;
  /** ISO 8601, UTC; so are the other times. Null means never. */
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
  readonly lastUsedAt: string | null;
}

/** Keeps API keys beside the graph. Methods throw what the graph's port throws. */
export interface KeyStore {
  /** Throws INVALID_ARGUMENT if there is a key with this id. */
  add(key: ApiKey): Promise<void>;
  /** Returns the key, also if it is expired or revoked. Null if there is none. */
  key(id: string): Promise<ApiKey | null>;
  /** All keys, also expired and revoked ones, by creation, then id. */
  keys(): Promise<readonly ApiKey[]>;
  /** Returns false if there is no such key. Revoking a key again keeps the time of the first revocation. */
  revoke(id: string, at: string): Promise<boolean>;
  /** Moves `lastUsedAt` forward, never back. */
  used(id: string, at: string): Promise<void>;
}
