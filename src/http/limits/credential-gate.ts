import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { Authenticator } from "../../access/authenticator";
import { anonymous, type Principal } from "../../domain/access/principal";
import { DomainError } from "../../domain/errors";
import { Buckets, bucketsBytes } from "./buckets";
import { rateLimited } from "./client-allowance";

/** Wrong credentials that one client may send: `size` at once, then `refill` a second. */
const wrongCredentials = { size: 30, refill: 5 } as const;
/** The number of recently valid credentials that are remembered, by their hashes. */
const maxKnown = 5_000;
/** Bytes of one remembered credential: 135 to 235 by the growth of the heap (`--expose-gc`, Node 20). */
const bytesOfKnown = 240;

export const gateBytes = bucketsBytes + maxKnown * bytesOfKnown;

/**
 * Checks credentials, and stops checking those of a client that sent too many wrong ones. A recently valid credential
 * is checked all the same, so that nobody locks out others who share an address. Only hashes are kept.
 */
export class CredentialGate {
  private readonly wrong = new Buckets(wrongCredentials);
  private readonly known = new LRUCache<string, true>({ max: maxKnown });

  constructor(private readonly authenticator: Pick<Authenticator, "authenticate">) {}

  bytes(): number {
    return this.wrong.bytes() + this.known.size * bytesOfKnown;
  }

  entries(): number {
    return this.wrong.size + this.known.size;
  }

  /** Throws RATE_LIMITED if `authenticate` would refuse these values without checking them. */
  mayTry(client: string, values: readonly string[]): void {
    const bucket = this.wrong.known(client);
    if (bucket && bucket.remaining < 1 && !this.known.has(hashOf(values))) throw rateLimited(bucket.secondsUntil(1));
  }

  /**
   * Returns the principal that sends these values of the Authorization header; anonymous without values. Throws a
   * RequestError RATE_LIMITED, and what the authenticator throws.
   */
  async authenticate(client: string, values: readonly string[]): Promise<Principal> {
    if (values.length === 0) return anonymous;
    const hash = hashOf(values);
    const bucket = this.known.has(hash) ? null : this.wrong.of(client);
    // One unit is taken before the credential is known to be wrong, since many may be checked at a time.
    if (bucket?.take(1) === false) throw rateLimited(bucket.secondsUntil(1));
    try {
      const principal = await this.authenticator.authenticate(values);
      this.known.set(hash, true);
      bucket?.giveBack(1);
      return principal;
    } catch (error) {
      if (error instanceof DomainError && error.code === "UNAUTHENTICATED") this.known.delete(hash);
      else bucket?.giveBack(1);
      throw error;
    }
  }
}

const hashOf = (values: readonly string[]): string => createHash("sha256").update(values.join("\n")).digest("base64");
