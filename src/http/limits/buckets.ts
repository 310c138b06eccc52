import { TokenBucket } from "limiter";
import { LRUCache } from "lru-cache";

/** The capacity of a bucket in units (`size`), and the units that come back in a second (`refill`). */
export interface BucketRate {
  readonly size: number;
  readonly refill: number;
}

/** The units that one client has left. The content may fall below zero, for work done before its price was known. */
export class Bucket {
  private readonly tokens: TokenBucket;

  constructor(
    readonly rate: BucketRate,
    content: number,
  ) {
    this.tokens = new TokenBucket({ bucketSize: rate.size, tokensPerInterval: rate.refill, interval: 1_000 });
    this.tokens.content = content;
  }

  /** The content in whole units, at least 0. */
  get remaining(): number {
    this.tokens.drip();
    return Math.max(0, Math.floor(this.tokens.content));
  }

  /** Takes `count` units, at most a whole bucket. Returns false, and takes nothing, if fewer are left. */
  take(count: number): boolean {
    return this.tokens.tryRemoveTokens(Math.min(count, this.rate.size));
  }

  /** Takes units for work that is already done. The content falls to `-size` at the lowest. */
  spend(count: number): void {
    this.tokens.drip();
    this.tokens.content = Math.max(-this.rate.size, this.tokens.content - count);
  }

  giveBack(count: number): void {
    this.tokens.drip();
    this.tokens.content = Math.max(-this.rate.size, Math.min(this.rate.size, this.tokens.content + count));
  }

  /** Returns the whole seconds until `count` units are there, at least 1. */
  secondsUntil(count: number): number {
    return Math.max(1, Math.ceil(this.tokens.getWaitTime(Math.min(count, this.rate.size)) / 1_000));
  }
}

const maxClients = 10_000;
/**
 * Bytes of one client with its bucket. Measured by the growth of the heap: 378 to 388 with the longest addresses
 * (`--expose-gc`, Node 20).
 */
const bytesOfClient = 390;
/** The reserve of newcomers: it holds so many whole buckets, and regains the refill of so many clients. */
const newcomers = { buckets: 100, refills: 4 } as const;
/** The share of a bucket that every newcomer gets at least. */
const minShare = 0.01;

export const bucketsBytes = maxClients * bytesOfClient;

/**
 * A bucket for each client by name; the most recently used clients are kept. All newcomers share one reserve. A client
 * that is new, or was forgotten, starts with what the reserve has left, at most a whole bucket. A client with very many
 * addresses thus gets the reserve once, and then a hundredth of a bucket for each address. The same holds for a client
 * that makes the table forget its own empty bucket.
 */
export class Buckets {
  private readonly buckets = new LRUCache<string, Bucket>({ max: maxClients });
  private readonly reserve: Bucket;

  constructor(private readonly rate: BucketRate) {
    const size = rate.size * newcomers.buckets;
    this.reserve = new Bucket({ size, refill: rate.refill * newcomers.refills }, size);
  }

  /** Returns undefined if the client has no bucket. */
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

  get size(): number {
    return this.buckets.size;
  }

  bytes(): number {
    return this.size * bytesOfClient;
  }
}
