import { LRUCache } from "lru-cache";
import { isSecretOf, type KeyParts, keyState, parseApiKey, principalOfKey } from "../domain/access/api-key";
import type { ApiKey, KeyStore } from "../domain/access/key-store";
import { anonymous, type Principal } from "../domain/access/principal";
import type { CacheUsage } from "../domain/byte-cache";
import { DomainError } from "../domain/errors";
import type { TokenVerifier } from "./token-verifier";

export interface Authenticator {
  /**
   * Returns the principal for the values of the Authorization header; `anonymous` if there are none. A value without
   * the form of a credential is refused without a call to the key store or the verifier.
   * Throws UNAUTHENTICATED for an invalid credential, and what the key store and the verifier throw if they cannot
   * tell.
   */
  authenticate(values: readonly string[]): Promise<Principal>;
  /** Resolves when no use of a key is being written. */
  settled(): Promise<void>;
  readonly usage: CacheUsage;
}

interface AuthenticatorOptions {
  readonly keys: KeyStore;
  /** Null if tokens are not accepted. */
  readonly verifyToken: TokenVerifier | null;
  /** Called if the use of a key cannot be written. The request is served all the same. */
  readonly onUseLost: (error: unknown) => void;
  readonly now?: () => Date;
}

/** How long the last known state of a key counts while the key store does not answer. */
const staleMilliseconds = 60_000;
const maxKnownKeys = 1_000;
/** Bytes of a cached key with its place: 1,550 to 1,850 by the growth of the heap (`--expose-gc`, Node 20). */
const bytesOfKey = 1_900;

export const knownKeyBytes = maxKnownKeys * bytesOfKey;

const maxCredentialLength = 8_192;

// https://www.rfc-editor.org/rfc/rfc6750#section-2.1
const bearer = /^Bearer +([\w.~+/-]+=*)$/i;
const jsonWebToken = /^[\w-]+\.[\w-]+\.[\w-]+$/;

export function createAuthenticator(options: AuthenticatorOptions): Authenticator {
  const { keys, verifyToken, onUseLost, now = () => new Date() } = options;
  const uses = createUseRecorder(keys, onUseLost);

  /**
   * Keys that the store answered with, and when (milliseconds since 1970). A key that was revoked at that time is still
   * refused.
   */
  const known = new LRUCache<string, { readonly key: ApiKey; readonly at: number }>({ max: maxKnownKeys });

  /** Reads the key from the store, or the cached key of the last 60 s if the store does not answer. */
  const lookUp = async (id: string): Promise<{ readonly key: ApiKey | null; readonly isUnconfirmed?: true }> => {
    try {
      const key = await keys.key(id);
      if (key) known.set(id, { key, at: now().getTime() });
      else known.delete(id);
      return { key };
    } catch (error) {
      const last = known.get(id);
      const isAway = error instanceof DomainError && ["STORE_UNAVAILABLE", "DEADLINE_EXCEEDED"].includes(error.code);
      if (!isAway || !last || now().getTime() - last.at > staleMilliseconds) throw error;
      return { key: last.key, isUnconfirmed: true };
    }
  };

  const byKey = async ({ id, secret }: KeyParts): Promise<Principal> => {
    const { key, isUnconfirmed } = await lookUp(id);
    if (!isSecretOf(key, secret)) throw notValid();
    const moment = now();
    const state = keyState(key, moment);
    if (state === "EXPIRED") throw new DomainError("UNAUTHENTICATED", "The API key has expired.");
    if (state === "REVOKED") throw new DomainError("UNAUTHENTICATED", "The API key was revoked.");
    if (isUnconfirmed) return { ...principalOfKey(key), isUnconfirmed };
    uses.record(key, moment);
    return principalOfKey(key);
  };

  return {
    authenticate: async (values) => {
      if (values.length === 0) return anonymous;
      const credential = values.length === 1 ? bearer.exec(values[0] as string)?.[1] : undefined;
      if (credential === undefined) {
        throw new DomainError(
          "UNAUTHENTICATED",
          "Authorization must be given once, as Bearer and an API key or token.",
        );
      }
      const parts = parseApiKey(credential);
      if (parts) return byKey(parts);
      const isToken = credential.length <= maxCredentialLength && jsonWebToken.test(credential);
      if (!isToken || verifyToken === null) throw notValid();
      return verifyToken(credential);
    },
    settled: uses.settled,
    usage: {
      name: "apiKeys",
      maxBytes: knownKeyBytes,
      bytes: () => known.size * bytesOfKey,
      entries: () => known.size,
    },
  };
}

const notValid = (): DomainError => new DomainError("UNAUTHENTICATED", "The credential is not valid.");
const pauseMilliseconds = 60000;

interface UseRecorder {
  /** Returns at once. Does nothing if the last known use of the key is less than a minute old. */
  record(key: ApiKey, at: Date): void;
  settled(): Promise<void>;
}

/**
 * Writes the times at which keys were last used, beside the requests that use them. No request waits for such a write
 * or fails with it.
 */
function createUseRecorder(keys: KeyStore, onLost: (error: unknown) => void): UseRecorder {
  /** The time at which a use of each key was last sent to the store, by the key's id. The store may not have it yet. */
  const sent = new Map<string, number>();
  const writing = new Set<Promise<void>>();
  return {
    record: ({ id, lastUsedAt }, at) => {
      const known = lastUsedAt === null ? 0 : Date.parse(lastUsedAt);
      if (at.getTime() - Math.max(known, sent.get(id) ?? 0) < pauseMilliseconds) return;
      sent.set(id, at.getTime());
      const written: Promise<void> = keys
        .used(id, at.toISOString())
        .catch(onLost)
        .finally(() => writing.delete(written));
      writing.add(written);
    },
    settled: async () => void (await Promise.all(writing)),
  };
}
