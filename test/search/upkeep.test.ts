import fc from "fast-check";
import type { NodeState } from "../../src/domain/changes/change-set";
import type { NodeId } from "../../src/domain/ids";
import { SearchIndex } from "../../src/search/search-index";
import { ModelBuilder } from "../../src/store/memory/model-builder";
import { atOnce } from "../builders/at-once";

const vocabulary = ["cache", "caches", "latency", "quantization", "int8", "hash", "tree", "scan", "zebra"];
const words = fc.array(fc.constantFrom(...vocabulary), { minLength: 1, maxLength: 4 }).map((each) => each.join(" "));

const aState = fc
  .record({ slug: fc.constantFrom("a", "b", "c", "d", "e"), title: words, summary: words, alias: words })
  .map(({ slug, title, summary, alias }): NodeState => ({
    id: `Concept:${slug}` as NodeId,
    kind: "Concept",
    slug,
    formerSlugs: [],
    fields: { title, summary, aliases: [alias] },
    texts: {},
  }));
const aStep = fc.oneof(
  { weight: 3, arbitrary: aState.map((after) => ({ node: after.id, before: null, after })) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom("a", "b", "c", "d", "e")
      .map((slug) => ({ node: `Concept:${slug}` as NodeId, before: null, after: null })),
  },
);

const queries = [...vocabulary, "cache latency", "cahce", "quantizaton hash", "hashtree", "int 8", "zebr"];

function answersOf(index: SearchIndex, states: ReadonlyMap<string, NodeState>): unknown {
  const builder = new ModelBuilder();
  for (const state of states.values()) builder.node(state, 1);
  const view = builder.build({ revision: 1, hash: "" });
  return queries.map((text) => {
    const { hits, total, didYouMean } = atOnce(index.search({ text, max: 10 }, view));
    return { text, hits, total, didYouMean, suggested: atOnce(index.suggest({ text, max: 5 }, view)) };
  });
}

describe("an index that is kept up", () => {
  it("answers like one that is built anew", () => {
    fc.assert(
      fc.property(fc.array(aStep, { minLength: 1, maxLength: 30 }), (steps) => {
        const kept = new SearchIndex();
        const states = new Map<string, NodeState>();
        for (const step of steps) {
          kept.apply([step]);
          if (step.after) states.set(step.node, step.after);
          else states.delete(step.node);
        }
        const built = new SearchIndex();
        for (const state of states.values()) built.put(state);
        expect(answersOf(kept, states)).toEqual(answersOf(built, states));
      }),
      { seed: 3, numRuns: 150 },
    );
  });

  it("still does after so many changes that removed documents are thrown out", () => {
    const state = (slug: string, title: string): NodeState => ({
      id: `Concept:${slug}` as NodeId,
      kind: "Concept",
      slug,
      formerSlugs: [],
      fields: { title, summary: "A cache." },
      texts: {},
    });
    const [kept, built] = [new SearchIndex(), new SearchIndex()];
    const states = new Map<string, NodeState>();
    for (let round = 0; round < 2_500; round++) {
      const next = state(`n-${round % 50}`, `${vocabulary[round % 7] as string} ${vocabulary[round % 5] as string}`);
      kept.put(next);
      states.set(next.id, next);
    }
    for (const each of states.values()) built.put(each);
    expect(answersOf(kept, states)).toEqual(answersOf(built, states));
  });

  it("takes a change that it has seen as no change", () => {
    const [once, twice] = [new SearchIndex(), new SearchIndex()];
    const after: NodeState = {
      id: "Concept:a" as NodeId,
      kind: "Concept",
      slug: "a",
      formerSlugs: [],
      fields: { title: "Cache", summary: "Hash." },
      texts: {},
    };
    const change = { node: after.id, before: null, after };
    once.apply([change]);
    twice.apply([change]);
    twice.apply([change]);
    const states = new Map([[after.id, after]]);
    expect(answersOf(twice, states)).toEqual(answersOf(once, states));
  });
});
