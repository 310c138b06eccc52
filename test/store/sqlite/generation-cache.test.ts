import { GenerationCache } from "../../../src/store/sqlite/generation-cache";

describe("a cache of what was used lately", () => {
  it("keeps what is used, and drops what is not, when others come", () => {
    const cache = new GenerationCache<string, number>("some", 60);
    cache.set("used", 0, 10);
    cache.set("unused", 0, 10);
    for (let index = 1; index <= 10; index++) {
      expect(cache.get("used")).toBe(0);
      cache.set(`other-${index}`, index, 10);
    }
    expect(cache.get("unused")).toBeUndefined();
    expect(cache.get("other-1")).toBeUndefined();
    expect(cache.get("other-10")).toBe(10);
  });

  it("counts bytes, so that a few large values are as many small ones", () => {
    const kept = (bytes: number): number => {
      const cache = new GenerationCache<number, string>("some", 200);
      for (let index = 0; index < 1_000; index++) {
        cache.set(index, "value", bytes);
        expect(cache.bytes()).toBeLessThanOrEqual(200);
      }
      return Array.from({ length: 1_000 }, (_, index) => cache.get(index)).filter((value) => value !== undefined)
        .length;
    };
    expect(kept(1)).toBeLessThanOrEqual(200);
    expect(kept(50)).toBeLessThanOrEqual(4);
    expect(kept(50)).toBeGreaterThan(0);
  });

  it("does not keep what would take more than half of the room", () => {
    const cache = new GenerationCache<string, number>("some", 100);
    cache.set("small", 1, 40);
    cache.set("large", 2, 51);
    expect([cache.get("small"), cache.get("large")]).toEqual([1, undefined]);
  });

  it("is empty when cleared", () => {
    const cache = new GenerationCache<string, number>("some", 30);
    cache.set("one", 1, 10);
    cache.clear();
    expect([cache.get("one"), cache.bytes()]).toEqual([undefined, 0]);
  });
});
