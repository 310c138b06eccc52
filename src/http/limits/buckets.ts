import { TokenBucket } from "limiter";
import { LRUCache } from "lru-cache";

/** How much a client's bucket holds, and how much comes back in a second. */
export interface BucketRate {
  readonly size: number;
  readonly refill: number;
}

/** What one client has left. It may fall below zero for what was done before its price was known. */
export class Bucket {
  private readonly tokens: TokenBucket;

  constructor(
    readonly rate: BucketRate,
    content: number,
  ) {
    this.tokens = new TokenBucket({ bucketSize: rate.size, tokensPerInterval: rate.refill, interval: 1_000 });
    this.tokens.content = content;
  }

  /** Whole units, at least 0. */
  get remaining(): number {
    this.tokens.drip();
    return Math.max(0, Math.floor(this.tokens.content));
  }

  /** False, and nothing is taken, where so much is not left. */
  take(count: number): boolean {
    return this.tokens.tryRemoveTokens(Math.min(count, this.rate.size));
  }

  /** Takes what is not to be had back, as far down as one size below zero. */
  spend(count: number): void {
    this.tokens.drip();
    this.tokens.content = Math.max(-this.rate.size, this.tokens.content - count);
  }

  giveBack(count: number): void {
    this.tokens.drip();
    this.tokens.content = Math.max(-this.rate.size, Math.min(this.rate.size, this.tokens.content + count));
  }

  /** Whole seconds until so much is there, at least 1. */
  secondsUntil(count: number): number {
    return Math.max(1, Math.ceil(this.tokens.getWaitTime(Math.min(count, this.rate.size)) / 1_000));
  }
}

/** Clients of whom buckets are kept. */
const maxClients = 10_000;
/** Bytes of a client with its bucket: 378 to 388 with the longest addresses, by the growth of the heap (`--expose-gc`, Node 20). */
const bytesOfClient = 390;
/** How many clients' whole buckets newcomers may be given at once, and how many clients' refill comes back to that. */
const newcomers = { buckets: 100, refills: 4 } as const;
/** The share of a bucket that every newcomer has. */
const minShare = 0.01;

/** Bytes that a table of buckets may take. */
export const bucketsBytes = maxClients * bytesOfClient;

/**
 * A bucket for each client by name, the most recently used of them. A client that is new, or was forgotten, starts with what
 * a reserve that all newcomers share has left, at most a whole bucket: so whoever has a great many addresses, or pushes
 * the own empty bucket out by them, gets the reserve once and a hundredth of a bucket for each address after that.
 */
export class Buckets {
  private readonly buckets = new LRUCache<string, Bucket>({ max: maxClients });
  private readonly reserve: Bucket;

  constructor(private readonly rate: BucketRate) {
    const size = rate.size * newcomers.buckets;
    this.reserve = new Bucket({ size, refill: rate.refill * newcomers.refills }, size);
  }

  /** The bucket of a client that has one. */
  known(client: string): Bucket | undefined {
    return this.buckets.get(client);
  }

  of(client: string): Bucket {
    const known = this.buckets.get(client);
    if (known) return known;
    const { size } = this.rate;
    const content = Math.max(Math.min(size, this.reserve.remaining), size * minShare);
    this.reserve.spend(Math.min(content, this.reserve.remaining));
    const bucket = new Bucket(this.rate, content);
    this.buckets.set(client, bucket);
    return bucket;
  }

  /** How many clients are known. */
  get size(): number {
    return this.buckets.size;
  }

  bytes(): number {
    return this.size * bytesOfClient;
  }
}
