import type { GraphView } from "../../../src/domain/graph/graph-view";
import type { Steps } from "../../../src/domain/pacer";
import { recommend, similar, whyNot } from "../../../src/domain/recommendation/recommend";
import { atOnce } from "../../builders/at-once";
import { id } from "../../builders/changes";
import { aLink } from "../../builders/links";
import { aConcept, aQuestion } from "../../builders/nodes";
import { aBank } from "./a-bank";

const count = 200;
const concepts = 5;
const bank = [
  ...Array.from({ length: concepts }, (_, c) => aConcept({ slug: `c${c}` })),
  ...Array.from({ length: count }, (_, q) => aQuestion({ slug: `q${q}`, title: `Cache of kind ${q}` })),
  ...Array.from({ length: count }, (_, q) =>
    Array.from({ length: concepts }, (_, c) => aLink("ABOUT", `Question:q${q}`, `Concept:c${c}`)),
  ).flat(),
];
const after = id("Question:q0");

/** A view that counts the lists of links that are asked for. */
function counting(view: GraphView) {
  const lists = { asked: 0 };
  const counted = Object.create(view, {
    links: {
      value: (...args: Parameters<GraphView["links"]>) => {
        lists.asked += 1;
        return view.links(...args);
      },
    },
  }) as GraphView;
  return { lists, view: counted };
}

describe("recommending in steps", () => {
  it.each([
    ["what comes next", recommend],
    ["what is alike", (view, words, _context, first) => similar(view, words, after, first)],
    ["why not", (view, words, context, first) => whyNot(view, words, id("Question:q199"), context, first)],
  ] as const satisfies readonly (readonly [string, (...args: Parameters<typeof recommend>) => Steps<unknown>])[])(
    "looks at each question once in a step at most: %s",
    async (_name, find) => {
      const { view: whole, words } = await aBank(bank);
      const { lists, view } = counting(whole);
      const work = find(view, words, { after, seen: new Set() }, 100);
      const perStep: number[] = [];
      for (let isDone = false; !isDone;) {
        lists.asked = 0;
        isDone = work.next().done === true;
        perStep.push(lists.asked);
      }
      expect(perStep.length).toBeGreaterThan(count);
      expect(perStep.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(8 * count);
      // As when the one that repeats least is sought.
      expect(Math.max(...perStep)).toBeLessThanOrEqual(2 * count);
    },
  );

  it("is of one state of the words, where texts change meanwhile", async () => {
    const { view, words } = await aBank(bank);
    const work = recommend(view, words, { after, seen: new Set() }, 5);
    for (let step = 0; step < 50; step++) expect(work.next().done).toBe(false);
    words.apply([{ node: after, before: null, after: null }]);
    const found = atOnce(work);
    expect(found).toEqual(atOnce(recommend(view, words, { after, seen: new Set() }, 5)));
    expect(found[0]?.terms.map(({ kind }) => kind)).not.toContain("SHARED_WORDS");
  });
});
