import type { Steps } from "../../src/domain/pacer";
import { id } from "../builders/changes";
import { atOnce } from "../builders/at-once";
import { aConcept, aQuestion } from "../builders/nodes";
import { aSearch, type SearchedBank } from "./a-search";

const words = ["cache", "tree", "latency", "hash", "queue", "scan", "page", "index"];
const count = 3_000;
const text = words.join(" ");

/** The postings that are read from one step to the next, and what comes of it. */
function readIn<T>({ index }: SearchedBank, work: Steps<T>): { readonly perStep: number[]; readonly value: T } {
  const perStep: number[] = [];
  for (;;) {
    const before = index.work;
    const { done, value } = work.next();
    perStep.push(index.work - before);
    if (done) return { perStep, value };
  }
}

describe("a search in steps", () => {
  let bank: SearchedBank;
  beforeAll(async () => {
    bank = await aSearch(
      Array.from({ length: count }, (_, n) =>
        aQuestion({ slug: `q${n}`, title: `${text} ${n}`, prompt: `All of ${text}, and ${n}.` }),
      ),
    );
  });
  const search = (typed = text) => bank.index.search({ text: typed, max: 10, reveal: true }, bank.view);

  it("reads one list of postings in a step at most, and names as often as documents", () => {
    const { perStep, value } = readIn(bank, search());
    expect(value.total).toBe(count);
    // A name counts for three postings, and the search itself for a thousand.
    const most = 3 * count;
    expect(Math.max(...perStep.slice(1))).toBeLessThanOrEqual(most);
    const all = perStep.reduce((sum, each) => sum + each, 0);
    expect(all).toBeGreaterThan(words.length * 4 * count);
  });

  it("suggests so as well", () => {
    const { perStep, value } = readIn(bank, bank.index.suggest({ text: "cache tre", max: 10 }, bank.view));
    expect(value).toHaveLength(10);
    expect(Math.max(...perStep.slice(1))).toBeLessThanOrEqual(3 * count);
  });

  it("has the arrays for itself until it is done", () => {
    const alone = [atOnce(search("cache tree")).hits, atOnce(search("hash queue scan")).hits];
    const first = search("cache tree");
    for (let step = 0; step < 5; step++) first.next();
    const second = search("hash queue scan");
    const { value: waiting } = second.next();
    expect(waiting).toBeInstanceOf(Promise);
    expect([atOnce(first).hits, atOnce(second).hits]).toEqual(alone);
  });

  it("leaves them to others where it is given up", () => {
    const given = search();
    for (let step = 0; step < 5; step++) given.next();
    given.return(undefined as never);
    expect(atOnce(search()).total).toBe(count);
  });

  it("finds what is there once it is done, where that changes meanwhile", async () => {
    const { index, view } = await aSearch(
      Array.from({ length: 50 }, (_, n) => aConcept({ slug: `c${n}`, title: `Cache ${n}` })),
    );
    const work = index.search({ text: "cache", max: 100 }, view);
    for (let step = 0; step < 3; step++) expect(work.next().done).toBe(false);
    index.apply([{ node: id("Concept:c0"), before: null, after: null }]);
    expect(atOnce(work).total).toBe(49);
  });
});
