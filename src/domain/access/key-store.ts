import type { AccessRole } from "./principal";

/** An API key as it is kept: never the secret, only its hash. */
export interface ApiKey {
  /** The public part, `fk_<id>_…`. */
  readonly id: string;
  readonly name: string;
  readonly role: Exclude<AccessRole, "ANONYMOUS">;
  /** SHA-256 of the secret, hexadecimal. Secrets are random and long, so a slow hash adds nothing. */
  readonly hash: string;
  /** ISO 8601, UTC, as are the other times. */
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
  readonly lastUsedAt: string | null;
}

/** Keeps API keys beside the graph. Throws what the graph's port throws. */
export interface KeyStore {
  /** Throws INVALID_ARGUMENT if there is a key with this id. */
  add(key: ApiKey): Promise<void>;
  /** Null if there is none. Expired and revoked keys are found. */
  key(id: string): Promise<ApiKey | null>;
  /** All, by creation, then id. */
  keys(): Promise<readonly ApiKey[]>;
  /** False if there is none. Revoking again keeps the first time. */
  revoke(id: string, at: string): Promise<boolean>;
  /** Moves `lastUsedAt` forward, never back. */
  used(id: string, at: string): Promise<void>;
}
