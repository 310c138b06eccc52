import { RecentCache } from "../../../src/store/sqlite/recent-cache";

describe("a cache of what was used lately", () => {
  it("keeps what is used, and drops what is not, when others come", () => {
    const cache = new RecentCache<string, number>(3);
    cache.set("used", 0);
    cache.set("unused", 0);
    for (let index = 1; index <= 10; index++) {
      expect(cache.get("used")).toBe(0);
      cache.set(`other-${index}`, index);
    }
    expect(cache.get("unused")).toBeUndefined();
    expect(cache.get("other-1")).toBeUndefined();
    expect(cache.get("other-10")).toBe(10);
  });

  it("counts by weight, so that a few large values are as many small ones", () => {
    const kept = (weight: number): number => {
      const cache = new RecentCache<number, string>(100);
      for (let index = 0; index < 1_000; index++) cache.set(index, "value", weight);
      return Array.from({ length: 1_000 }, (_, index) => cache.get(index)).filter((value) => value !== undefined)
        .length;
    };
    expect(kept(1)).toBeLessThanOrEqual(200);
    expect(kept(50)).toBeLessThanOrEqual(4);
    expect(kept(50)).toBeGreaterThan(0);
  });

  it("is empty when cleared", () => {
    const cache = new RecentCache<string, number>(3);
    cache.set("one", 1);
    cache.clear();
    expect(cache.get("one")).toBeUndefined();
  });
});
