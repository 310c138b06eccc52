import type { ServerResponse } from "node:http";
import { HeaderMap } from "@apollo/server";
import { GraphQLError } from "graphql";
import type { Allowance, Balance } from "../../graphql/context";
import { RequestError } from "../body";
import type { Bucket, BucketRate } from "./buckets";

/** Prices of requests that have no operation to price, in units of cost. A unit is about 2.5 µs of a core. */
export const fixedCosts = {
  /** An answer that the client already has. */
  notModified: 1,
  /** A page of the IDE, or a path where there is nothing. */
  page: 20,
  /** A request that failed before its operation was priced: it was read, and perhaps parsed and validated. */
  failed: 100,
  /** The start of a WebSocket. */
  socket: 100,
  /** The start of a subscription, which is parsed and validated each time. */
  subscription: 150,
  /** A message of a WebSocket. */
  message: 10,
} as const;

/**
 * The bucket of a client, as GraphQL and HTTP see it. `charge` throws a GraphQLError RATE_LIMITED if the bucket holds
 * too little.
 */
export class ClientAllowance implements Allowance {
  constructor(private readonly bucket: Bucket) {}

  charge(cost: number): void {
    if (this.bucket.take(cost)) return;
    const seconds = this.bucket.secondsUntil(cost);
    throw new GraphQLError(refusal(seconds), {
      extensions: {
        code: "RATE_LIMITED",
        http: { status: 429, headers: new HeaderMap([["retry-after", String(seconds)]]) },
      },
    });
  }

  refund(cost: number): void {
    this.bucket.giveBack(cost);
  }

  spend(cost: number): void {
    this.bucket.spend(cost);
  }

  /** Charges for work that is not an operation. Throws a RequestError RATE_LIMITED if the bucket holds too little. */
  pay(cost: number): void {
    if (!this.bucket.take(cost)) throw rateLimited(this.bucket.secondsUntil(cost));
  }

  /** Throws RATE_LIMITED if the client could not even pay for a request that fails; such a request need not be read. */
  mayAsk(): void {
    if (this.bucket.remaining < fixedCosts.failed) throw rateLimited(this.bucket.secondsUntil(fixedCosts.failed));
  }

  /** True if no whole unit is left. */
  get isOverdrawn(): boolean {
    return this.bucket.remaining === 0;
  }

  get balance(): Balance {
    const { size, refill } = this.bucket.rate;
    return { limit: size, remaining: this.bucket.remaining, restoreRate: refill };
  }

  /**
   * Sets the headers `ratelimit` and `ratelimit-policy`. Does nothing once headers were sent.
   * https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
   */
  tell(response: ServerResponse): void {
    if (response.headersSent) return;
    const { remaining, rate } = this.bucket;
    response.setHeader("ratelimit-policy", policyOf(rate));
    response.setHeader("ratelimit", `"client";r=${remaining};t=${Math.ceil((rate.size - remaining) / rate.refill)}`);
  }
}

const policies = new WeakMap<BucketRate, string>();

/** Formats a rate as the value of a header, once for each rate: `"client";q=1000;w=10;qu="cost"`. */
function policyOf(rate: BucketRate): string {
  let policy = policies.get(rate);
  if (policy === undefined) {
    policy = `"client";q=${rate.size};w=${Math.ceil(rate.size / rate.refill)};qu="cost"`;
    policies.set(rate, policy);
  }
  return policy;
}

/**
 * Refusals made so far, by their seconds, for reuse: a client that asks for too much is refused many times a second.
 */
const made: RequestError[] = [];
const maxMade = 100;

/** Returns the error for a client that asks for more than its refill: status 429, with `seconds` to wait. */
export function rateLimited(seconds: number): RequestError {
  const known = made[seconds];
  if (known) return known;
  const error = new RequestError(429, "RATE_LIMITED", refusal(seconds), { retryAfter: seconds });
  if (seconds < maxMade) made[seconds] = error;
  return error;
}

const refusal = (seconds: number): string =>
  `This client asks for more than its limit; try again in ${seconds} ${seconds === 1 ? "second" : "seconds"}.`;
