import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { DomainError } from "../errors";
import type { ApiKey } from "./key-store";
import type { Principal } from "./principal";

/** The form of a key that a client sends: `fk_<id>_<secret>`, 48 and 256 random bits in hexadecimal. */
const form = /^fk_([0-9a-f]{12})_([0-9a-f]{64})$/;

/** The parts of an API key: 12 and 64 hexadecimal digits. */
export interface KeyParts {
  readonly id: string;
  readonly secret: string;
}

/** Reads an API key; null if the text is malformed. */
export function parseApiKey(text: string): KeyParts | null {
  const [, id, secret] = form.exec(text) ?? [];
  return id !== undefined && secret !== undefined ? { id, secret } : null;
}

/** Makes a new key: `key` is what the store keeps of it, `text` is for its holder only. */
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

const nobodysHash = "0".repeat(64);

type KeyState = "ACTIVE" | "EXPIRED" | "REVOKED";

export const keyState = ({ revokedAt, expiresAt }: ApiKey, now: Date): KeyState =>
  revokedAt !== null ? "REVOKED" : expiresAt !== null && Date.parse(expiresAt) <= now.getTime() ? "EXPIRED" : "ACTIVE";

/**
 * Tells if the secret is the key's. The answer takes the same time if there is no such key, and if the secret is wrong
 * at its first or its last character.
 */
export function isSecretOf(key: ApiKey | null, secret: string): key is ApiKey {
  const same = timingSafeEqual(Buffer.from(hashOf(secret), "hex"), Buffer.from(key?.hash ?? nobodysHash, "hex"));
  return same && key !== null;
}

export const principalOfKey = ({ id, name, role }: ApiKey): Principal => Object.freeze({ id: `key:${id}`, name, role });
const maxDays = 3650;

/**
 * Reads the expiry of a key: a number of days ("90d"), a day ("2027-01-31", UTC, that day included), or "never".
 * Returns the end in ISO 8601, UTC; null for "never".
 * Throws INVALID_ARGUMENT for any other text, and for an end in the past or more than ten years away.
 */
export function parseExpiry(text: string, now: Date): string | null {
  if (text === "never") return null;
  const end = endOf(text, now);
  if (end === null)
    throw refused('must be a number of days such as "90d", a day such as "2027-01-31", or "never"', text);
  if (end <= now.getTime()) throw refused("must lie in the future", text);
  if (end > after(now, maxDays + 1)) throw refused("must lie within ten years", text);
  return new Date(end).toISOString();
}

/** The end in milliseconds since 1970; null if the text is malformed. */
function endOf(text: string, now: Date): number | null {
  const days = /^(\d{1,5})d$/.exec(text)?.[1];
  if (days !== undefined) return after(now, Number(days));
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const day = new Date(`${text}T00:00:00Z`);
  // 31 June would become 1 July.
  if (Number.isNaN(day.getTime()) || !day.toISOString().startsWith(text)) return null;
  return after(day, 1);
}

const after = (moment: Date, days: number): number => moment.getTime() + days * 86400000;
const refused = (rule: string, text: string): DomainError =>
  new DomainError("INVALID_ARGUMENT", `An expiry ${rule}, but got: ${JSON.stringify(text)}.`);
