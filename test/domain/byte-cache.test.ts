import { ByteCache, textBytes } from "../../src/domain/byte-cache";

/** What an entry takes besides its key and value. */
const own = (() => {
  const cache = new ByteCache<string, number>("any", 1_000);
  cache.set("a", 1, 0);
  return cache.bytes();
})();

describe("a cache of so many bytes", () => {
  it("drops what was not used for longest, and says what it holds", () => {
    const evicted: string[] = [];
    const cache = new ByteCache<string, number>("any", 3 * (own + 10), { evicted: (key) => evicted.push(key) });
    for (const [at, key] of ["a", "b", "c"].entries()) cache.set(key, at, 10);
    expect(cache.get("a")).toBe(0);
    cache.set("d", 3, 10);
    expect([evicted, cache.has("b"), cache.get("a"), cache.get("c"), cache.get("d")]).toEqual([["b"], false, 0, 2, 3]);
    expect([cache.entries(), cache.bytes()]).toEqual([3, 3 * (own + 10)]);
    cache.set("e", 4, 10 + own + 10);
    expect(evicted).toEqual(["b", "a", "c"]);
  });

  it("counts an entry that is set again once", () => {
    const cache = new ByteCache<string, number>("any", 1_000);
    cache.set("a", 1, 500);
    cache.set("a", 2, 20);
    expect([cache.get("a"), cache.entries(), cache.bytes()]).toEqual([2, 1, own + 20]);
    cache.delete("a");
    cache.delete("a");
    expect([cache.get("a"), cache.entries(), cache.bytes()]).toEqual([undefined, 0, 0]);
  });

  it("refuses an entry that is too large, and forgets what its key had", () => {
    const cache = new ByteCache<string, number>("any", 1_000, { maxEntryBytes: own + 100 });
    expect(cache.set("a", 1, 100)).toBe(true);
    expect(cache.set("b", 2, 100)).toBe(true);
    expect(cache.set("a", 3, 101)).toBe(false);
    expect([cache.get("a"), cache.get("b"), cache.bytes()]).toEqual([undefined, 2, own + 100]);
    expect(new ByteCache<string, number>("none", 0).set("a", 1, 0)).toBe(false);
  });

  it("is empty once it is cleared", () => {
    const cache = new ByteCache<string, number>("any", 1_000);
    cache.set("a", 1, 1);
    cache.clear();
    expect([cache.get("a"), cache.entries(), cache.bytes()]).toEqual([undefined, 0, 0]);
  });
});

it("reckons a text by its characters, twice where one is beyond Latin-1", () => {
  expect(textBytes("naïve") - textBytes("")).toBe(5);
  expect(textBytes("naïve ≤") - textBytes("")).toBe(14);
});
