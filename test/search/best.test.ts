import fc from "fast-check";
import { Best, type Scored } from "../../src/search/best";

const items = fc.array(fc.record({ id: fc.constantFrom(..."abcdefghijkl"), score: fc.integer({ min: 1, max: 4 }) }), {
  maxLength: 40,
});
const max = fc.integer({ min: 1, max: 8 });

/** What they are in the end, worked out from the definition: higher scores first, and of equal ones the smaller id. */
const inOrder = (all: readonly Scored[]): Scored[] =>
  [...all].sort((a, b) => (a.score === b.score ? a.id.localeCompare(b.id, "en") : b.score - a.score));

const distinct = (all: readonly Scored[]): Scored[] => {
  const kept = new Map<string, Scored>();
  for (const item of all) if (!kept.has(item.id)) kept.set(item.id, item);
  return [...kept.values()];
};

describe("the best of what is offered", () => {
  it("are those of the highest scores, and of equal scores those of the smallest ids, in that order", () => {
    fc.assert(
      fc.property(items.map(distinct), max, (offered, size) => {
        const best = new Best<Scored>(size);
        for (const item of offered) best.offer(item);
        expect(best.all()).toEqual(inOrder(offered).slice(0, size));
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it("want what would be among them, and tell the score that it must reach", () => {
    fc.assert(
      fc.property(items.map(distinct), max, (offered, size) => {
        const best = new Best<Scored>(size);
        const [last, ...others] = offered;
        if (!last) return;
        for (const item of others) best.offer(item);
        const wouldStay = inOrder(offered).slice(0, size).includes(last);
        expect(best.wants(last.score, last.id)).toBe(wouldStay);
        expect(best.min).toBe(others.length < size ? -Infinity : inOrder(others)[size - 1]?.score);
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  it("hold each id once, with its best score, where ids may come again", () => {
    fc.assert(
      fc.property(items, (offered) => {
        const best = new Best<Scored>(offered.length + 1);
        for (const item of offered) best.offerOnce(item);
        expect(best.all()).toEqual(distinct(inOrder(offered)));
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  it("order a tie by id, whichever came first", () => {
    const best = new Best<Scored>(2);
    for (const id of ["c", "a", "b"]) best.offer({ id, score: 1 });
    expect(best.all().map(({ id }) => id)).toEqual(["a", "b"]);
  });
});
