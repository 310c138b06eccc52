import type { IncomingMessage } from "node:http";
import type { Authenticator } from "../../access/authenticator";
import type { CacheUsage } from "../../domain/byte-cache";
import { anonymous, type Principal } from "../../domain/access/principal";
import { anonymousLimits, holderLimits } from "../../graphql/limits/limits";
import { Buckets, bucketsBytes } from "./buckets";
import { addressOf, clientOf, type TrustedProxies } from "./client-address";
import { RequestError } from "../body";
import { ClientAllowance, fixedCosts } from "./client-allowance";
import { CredentialGate, gateBytes } from "./credential-gate";

/** How many of its dearest requests a client may send at once. */
const burst = 4;
/** Of one address; whole classes sit behind one. */
const maxSocketsPerClient = 200;

/** Bytes that what is known of clients may take: addresses, holders of credentials, and who tried wrong ones. */
export const clientBytes = 2 * bucketsBytes + gateBytes;

export interface ClientLimits {
  /** Units of cost that come back to a client in a second; null: nothing is limited. */
  readonly refill: number | null;
  readonly proxies: TrustedProxies;
}

/**
 * Who asks, and what each may still ask for: whoever has a credential has a bucket of his own, others have one for each
 * address. All of it is of this process alone.
 */
export class Clients {
  private readonly addresses: Buckets | null;
  private readonly holders: Buckets | null;
  private readonly gate: CredentialGate | null;
  private readonly sockets = new Map<string, number>();
  /** Without proxies, one connection is one client. */
  private readonly byConnection = new WeakMap<IncomingMessage["socket"], string>();

  constructor(
    private readonly authenticator: Pick<Authenticator, "authenticate">,
    private readonly limits: ClientLimits,
  ) {
    const { refill } = limits;
    this.addresses = refill === null ? null : new Buckets({ size: burst * anonymousLimits.cost, refill });
    this.holders = refill === null ? null : new Buckets({ size: burst * holderLimits.cost, refill });
    this.gate = refill === null ? null : new CredentialGate(authenticator);
  }

  get usage(): CacheUsage {
    const { addresses, holders, gate } = this;
    return {
      name: "clients",
      maxBytes: clientBytes,
      bytes: () => (addresses?.bytes() ?? 0) + (holders?.bytes() ?? 0) + (gate?.bytes() ?? 0),
      entries: () => (addresses?.size ?? 0) + (holders?.size ?? 0) + (gate?.entries() ?? 0),
    };
  }

  /** What whoever sent the request is known by without a credential. */
  of(request: IncomingMessage): string {
    if (this.limits.proxies !== 0) return clientOf(addressOf(request, this.limits.proxies));
    const known = this.byConnection.get(request.socket);
    if (known !== undefined) return known;
    const client = clientOf(addressOf(request, 0));
    this.byConnection.set(request.socket, client);
    return client;
  }

  /** Throws RATE_LIMITED where `authenticate` would refuse these values without checking them. */
  mayTry(client: string, values: readonly string[]): void {
    this.gate?.mayTry(client, values);
  }

  /** Who sends these values of the Authorization header. Throws what the authenticator throws, and RATE_LIMITED. */
  authenticate(client: string, values: readonly string[]): Promise<Principal> {
    return this.gate ? this.gate.authenticate(client, values) : this.authenticator.authenticate(values);
  }

  /** What a client may still ask for; undefined where nothing is limited. */
  allowanceOf(client: string, { id, role }: Principal = anonymous): ClientAllowance | undefined {
    const bucket = role === "ANONYMOUS" ? this.addresses?.of(client) : this.holders?.of(id);
    return bucket && new ClientAllowance(bucket);
  }

  /** Counts a socket of the client until the function that comes back is called. Throws RATE_LIMITED for too many. */
  openSocket(client: string): () => void {
    this.allowanceOf(client)?.pay(fixedCosts.socket);
    const count = this.sockets.get(client) ?? 0;
    if (this.addresses && count >= maxSocketsPerClient)
      throw new RequestError(
        429,
        "RATE_LIMITED",
        `This client has ${count} sockets, the most there may be; close some.`,
        { retryAfter: 1 },
      );
    this.sockets.set(client, count + 1);
    return () => {
      const left = (this.sockets.get(client) ?? 1) - 1;
      if (left > 0) this.sockets.set(client, left);
      else this.sockets.delete(client);
    };
  }
}
