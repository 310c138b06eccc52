import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { createLocalJWKSet, createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from "jose";
import { DomainError } from "../domain/errors";

/** The keys that tokens are signed with. */
export interface SigningKeys {
  /** The key that a token says it is signed with. Throws KEYS_UNAVAILABLE when the keys cannot be had. */
  readonly find: JWTVerifyGetKey;
  /** For how many seconds the keys have not been readable, as tokens found out; null while they are. */
  staleSeconds(): number | null;
}

const timeoutMilliseconds = 2_000;
/** How soon after a reading an unknown key makes the keys be read again: forged tokens must not become requests elsewhere. */
const cooldownMilliseconds = 10_000;
const maxAgeMilliseconds = 600_000;
/** How long the keys that were read last are used while they cannot be read again. */
const maxStaleMilliseconds = 1_800_000;

/**
 * The keys at an address of the web or of a file, read when first needed (a file: at once), again when a token names one
 * that is not known, and every ten minutes. While they cannot be read, those that were read last are used for 30 minutes, and
 * reading is tried every ten seconds. Throws INVALID_ARGUMENT for a file that holds no keys.
 */
export async function openSigningKeys(place: URL): Promise<SigningKeys> {
  const isFile = place.protocol === "file:";
  const read = createRemoteJWKSet(place, {
    timeoutDuration: timeoutMilliseconds,
    cooldownDuration: cooldownMilliseconds,
    cacheMaxAge: maxAgeMilliseconds,
    ...(isFile && { [customFetch]: async () => new Response(await readFile(place)) }),
  });
  if (isFile) {
    await read.reload().catch((cause: unknown) => {
      throw new DomainError(
        "INVALID_ARGUMENT",
        `The signing keys ${fileURLToPath(place)} cannot be read as a JSON Web Key Set.`,
        { cause },
      );
    });
  }

  /** Since when the keys cannot be read, when that was last tried, and those that were read last. */
  let stale: { readonly since: number; triedAt: number; readonly find: JWTVerifyGetKey | null } | null = null;
  const unavailable = (cause: unknown) =>
    new DomainError("KEYS_UNAVAILABLE", `The signing keys at ${place.href} cannot be had.`, { cause });
  const fromStale: JWTVerifyGetKey = async (header, token) => {
    if (!stale?.find || Date.now() - stale.since > maxStaleMilliseconds) throw unavailable(null);
    // A key that is not among them may be a new one, which cannot be known now.
    try {
      return await stale.find(header, token);
    } catch (cause) {
      throw unavailable(cause);
    }
  };

  return {
    staleSeconds: () => stale && Math.round((Date.now() - stale.since) / 1_000),
    find: async (header, token) => {
      if (stale?.find && Date.now() - stale.triedAt < cooldownMilliseconds) return fromStale(header, token);
      try {
        const key = await read(header, token);
        stale = null;
        return key;
      } catch (cause) {
        if (isOfToken(cause)) {
          stale = null;
          throw cause;
        }
        const now = Date.now();
        if (stale) stale.triedAt = now;
        else {
          const known = read.jwks();
          stale = { since: now, triedAt: now, find: known ? createLocalJWKSet(known) : null };
        }
        return fromStale(header, token);
      }
    },
  };
}

const isOfToken = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JWKSMultipleMatchingKeys ||
  error instanceof errors.JOSENotSupported;
