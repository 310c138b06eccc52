import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { ApiKey } from "./key-store";
import type { Principal } from "./principal";

/** What a client sends: `fk_<id>_<secret>`, 48 and 256 random bits in hexadecimal. */
const form = /^fk_([0-9a-f]{12})_([0-9a-f]{64})$/;

/** An API key taken apart. */
export interface KeyParts {
  readonly id: string;
  readonly secret: string;
}

/** Null for what has not the form of an API key. */
export function parseApiKey(text: string): KeyParts | null {
  const [, id, secret] = form.exec(text) ?? [];
  return id !== undefined && secret !== undefined ? { id, secret } : null;
}

/** A new key: what is kept of it, and the text that its holder alone is to know. */
export function newApiKey(
  given: Pick<ApiKey, "name" | "role" | "expiresAt">,
  now: Date,
): { readonly key: ApiKey; readonly text: string } {
  const id = randomBytes(6).toString("hex");
  const secret = randomBytes(32).toString("hex");
  const key = { id, ...given, hash: hashOf(secret), createdAt: now.toISOString(), revokedAt: null, lastUsedAt: null };
  return { key: Object.freeze(key), text: `fk_${id}_${secret}` };
}

const hashOf = (secret: string): string => createHash("sha256").update(secret).digest("hex");

/** No secret has it. */
const nobodysHash = "0".repeat(64);

export type KeyState = "ACTIVE" | "EXPIRED" | "REVOKED";

export const keyState = ({ revokedAt, expiresAt }: ApiKey, now: Date): KeyState =>
  revokedAt !== null ? "REVOKED" : expiresAt !== null && Date.parse(expiresAt) <= now.getTime() ? "EXPIRED" : "ACTIVE";

/**
 * Whether the secret is the key's. It takes the same time whether there is no such key, or the secret is wrong at its
 * first character or its last.
 */
export function isSecretOf(key: ApiKey | null, secret: string): key is ApiKey {
  const same = timingSafeEqual(Buffer.from(hashOf(secret), "hex"), Buffer.from(key?.hash ?? nobodysHash, "hex"));
  return same && key !== null;
}

export const principalOfKey = ({ id, name, role }: ApiKey): Principal => Object.freeze({ id: `key:${id}`, name, role });
