import fc from "fast-check";
import { edited } from "../../../src/store/memory/order-index";

const byNumber = (a: number, b: number) => a - b;
const sets = fc.uniqueArray(fc.nat(60), { maxLength: 30 });

describe("an edited sorted list", () => {
  it("is sorted, without what was taken out and with what was put in", () => {
    fc.assert(
      fc.property(sets, sets, sets, (start, out, put) => {
        const items = [...start].sort(byNumber);
        const removed = out.filter((item) => items.includes(item));
        const kept = items.filter((item) => !removed.includes(item));
        const added = put.filter((item) => !kept.includes(item));
        expect(edited(items, { removed, added }, byNumber)).toEqual([...kept, ...added].sort(byNumber));
        expect(items).toEqual([...start].sort(byNumber));
      }),
      { seed: 1, numRuns: 1_000 },
    );
  });

  it("is not made from a list that lacks what is to be taken out", () => {
    expect(() => edited([1, 3], { removed: [2], added: [] }, byNumber)).toThrow("does not fit this revision");
    expect(() => edited([1, 3], { removed: [4], added: [] }, byNumber)).toThrow("does not fit this revision");
  });
});
