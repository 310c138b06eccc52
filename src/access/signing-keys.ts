import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from "jose";
import { DomainError } from "../domain/errors";

/** Finds the key that a token says it is signed with. Throws KEYS_UNAVAILABLE when the keys cannot be had. */
export type SigningKeys = JWTVerifyGetKey;

const patienceMilliseconds = 2_000;
/** How soon after a reading an unknown key makes the keys be read again: forged tokens must not become requests elsewhere. */
const pauseMilliseconds = 10_000;
const keptMilliseconds = 600_000;

/**
 * The keys at an address of the web or of a file, read when first needed (a file: at once), again when a token names one
 * that is not known, and every ten minutes. Throws INVALID_ARGUMENT for a file that holds no keys.
 */
export async function openSigningKeys(place: URL): Promise<SigningKeys> {
  const isFile = place.protocol === "file:";
  const find = createRemoteJWKSet(place, {
    timeoutDuration: patienceMilliseconds,
    cooldownDuration: pauseMilliseconds,
    cacheMaxAge: keptMilliseconds,
    ...(isFile && { [customFetch]: async () => new Response(await readFile(place)) }),
  });
  if (isFile) {
    await find.reload().catch((cause: unknown) => {
      throw new DomainError(
        "INVALID_ARGUMENT",
        `The signing keys ${fileURLToPath(place)} cannot be read as a JSON Web Key Set.`,
        { cause },
      );
    });
  }
  return async (header, token) => {
    try {
      return await find(header, token);
    } catch (cause) {
      if (isOfToken(cause)) throw cause;
      throw new DomainError("KEYS_UNAVAILABLE", `The signing keys at ${place.href} cannot be had.`, { cause });
    }
  };
}

const isOfToken = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JWKSMultipleMatchingKeys ||
  error instanceof errors.JOSENotSupported;
