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

/** The number of its most expensive requests that a client may send at once. */
const burst = 4;
/** The number of sockets that one address may hold; whole classes sit behind one address. */
const maxSocketsPerClient = 200;

/**
 * The most bytes that the tables of clients may take: addresses, holders of credentials, and clients that tried wrong
 * ones.
 */
export const clientBytes = 2 * bucketsBytes + gateBytes;

export interface ClientLimits {
  /** Units of cost that come back to a client in a second. Null limits nothing. */
  readonly refill: number | null;
  readonly proxies: TrustedProxies;
}

/**
 * The clients of this process, and what each may still ask for. Each holder of a credential has a bucket, and so has
 * each address that asks without one. Nothing is shared with other processes.
 */
export class Clients {
  private readonly addresses: Buckets | null;
  private readonly holders: Buckets | null;
  private readonly gate: CredentialGate | null;
  private readonly sockets = new Map<string, number>();
  /** The client of each connection, used only without proxies: then one connection is one client. */
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

  /** Returns the name of the client that sent the request, regardless of its credential: see `clientOf`. */
  of(request: IncomingMessage): string {
    if (this.limits.proxies !== 0) return clientOf(addressOf(request, this.limits.proxies));
    const known = this.byConnection.get(request.socket);
    if (known !== undefined) return known;
    const client = clientOf(addressOf(request, 0));
    this.byConnection.set(request.socket, client);
    return client;
  }

  /** Throws RATE_LIMITED if `authenticate` would refuse these values without checking them. */
  mayTry(client: string, values: readonly string[]): void {
    this.gate?.mayTry(client, values);
  }

  /**
   * Returns the principal that sends these values of the Authorization header. Throws RATE_LIMITED, and what the
   * authenticator throws.
   */
  authenticate(client: string, values: readonly string[]): Promise<Principal> {
    return this.gate ? this.gate.authenticate(client, values) : this.authenticator.authenticate(values);
  }

  /** Returns what a client may still ask for; undefined if nothing is limited. */
  allowanceOf(client: string, { id, role }: Principal = anonymous): ClientAllowance | undefined {
    const bucket = role === "ANONYMOUS" ? this.addresses?.of(client) : this.holders?.of(id);
    return bucket && new ClientAllowance(bucket);
  }

  /**
   * Counts a socket of the client until the returned function is called. Throws RATE_LIMITED if the client has too many
   * sockets or too little left.
   */
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
