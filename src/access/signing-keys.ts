import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { createLocalJWKSet, createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from "jose";
import { DomainError } from "../domain/errors";

export interface SigningKeys {
  /**
   * Finds the key that a token says it is signed with. Throws KEYS_UNAVAILABLE if the keys cannot be read. Throws an
   * error of `jose` if no key fits the token.
   */
  readonly find: JWTVerifyGetKey;
  /** The number of seconds since a token first found the keys unreadable; null while they can be read. */
  staleSeconds(): number | null;
}

const timeoutMilliseconds = 2_000;
/**
 * The minimum time between a reading and another one because of an unknown key. It keeps forged tokens from becoming
 * requests to another server.
 */
const cooldownMilliseconds = 10_000;
const maxAgeMilliseconds = 600_000;
/** How long the last keys are used while they cannot be read again. */
const maxStaleMilliseconds = 1_800_000;

/**
 * Opens the JSON Web Key Set at a web address or in a file, such as `https://id.example.org/jwks.json` or
 * `file:///etc/jwks.json`. Keys from the web are read when first needed, those from a file at once. They are read again
 * when a token names an unknown key, and every ten minutes when a token needs them.
 * While the keys cannot be read, the last ones are used for 30 minutes, and reading is tried every ten seconds. Throws
 * INVALID_ARGUMENT if a file cannot be read or holds no keys.
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

  /**
   * The state while the keys cannot be read, else null. `since` is when that began, `triedAt` the last try (both in
   * milliseconds since 1970), and `find` searches the last keys; it is null if there were none.
   */
  let stale: { readonly since: number; triedAt: number; readonly find: JWTVerifyGetKey | null } | null = null;
  const unavailable = (cause: unknown) =>
    new DomainError("KEYS_UNAVAILABLE", `The signing keys at ${place.href} cannot be had.`, { cause });
  const fromStale: JWTVerifyGetKey = async (header, token) => {
    if (!stale?.find || Date.now() - stale.since > maxStaleMilliseconds) throw unavailable(null);
    // A key that is not among the last ones may be a new one, which cannot be known now.
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
