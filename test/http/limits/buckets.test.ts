import { Bucket, Buckets } from "../../../src/http/limits/buckets";

// So slow that nothing comes back while a test runs.
const rate = { size: 1_000, refill: 0.000_001 };

describe("a bucket", () => {
  it("gives what it has and no more, and takes back no more than it holds", () => {
    const bucket = new Bucket(rate, 1_000);
    expect(bucket.take(900)).toBe(true);
    expect(bucket.take(101)).toBe(false);
    expect(bucket.remaining).toBe(100);
    bucket.giveBack(5_000);
    expect(bucket.remaining).toBe(1_000);
  });

  it("falls below zero for what was done already, at most by its size", () => {
    const bucket = new Bucket({ size: 1_000, refill: 10 }, 1_000);
    bucket.spend(50_000);
    expect(bucket.remaining).toBe(0);
    expect(bucket.secondsUntil(10)).toBe(101);
  });

  it("says in whole seconds when so much is there", () => {
    const bucket = new Bucket({ size: 1_000, refill: 100 }, 0);
    expect(bucket.secondsUntil(1)).toBe(1);
    expect(bucket.secondsUntil(250)).toBe(3);
    expect(bucket.secondsUntil(9_999)).toBe(10);
  });
});

describe("the buckets of clients", () => {
  it("are one for each name", () => {
    const buckets = new Buckets(rate);
    buckets.of("a").spend(1_000);
    expect(buckets.of("a").remaining).toBe(0);
    expect(buckets.of("b").remaining).toBe(1_000);
  });

  it("give whoever comes under many names the reserve of newcomers once, and then a hundredth each time", () => {
    const buckets = new Buckets(rate);
    let given = 0;
    for (let i = 0; i < 25_000; i++) given += buckets.of(`address ${i}`).remaining;
    expect(given).toBe(100 * 1_000 + 24_900 * 10);
    expect(buckets.size).toBe(10_000);
  });

  it("do not fill an empty bucket again that was pushed out", () => {
    const buckets = new Buckets(rate);
    buckets.of("attacker").spend(1_000);
    for (let i = 0; i < 10_000; i++) buckets.of(`address ${i}`);
    expect(buckets.of("attacker").remaining).toBe(10);
  });
});
