import { aBenchmark, aMeasurement } from "../../builders/owned-nodes";
import { aConcept, aMetric, aQuestion, aSource, aTradeOff } from "../../builders/nodes";
import { aLink } from "../../builders/links";
import { commit, id, patch } from "../../builders/changes";
import { changeable } from "../asking";
import { casesAbout } from "../contract-case";

export const nodes = casesAbout("nodes", [
  {
    id: "light-fields",
    name: "a node comes with its light fields beside its identity, and without its long texts",
    async run(store) {
      await commit(store, [
        aQuestion({ slug: "scan", title: "Scan or index", estimatedMinutes: 25, hints: ["Measure.", "Then index."] }),
      ]);
      const found = await store.reader().nodes([id("Question:scan")]);
      expect(found.get(id("Question:scan"))).toEqual({
        id: "Question:scan",
        kind: "Question",
        slug: "scan",
        changedIn: 1,
        title: "Scan or index",
        format: "TECHNICAL",
        difficulty: "MEDIUM",
        estimatedMinutes: 25,
        hints: ["Measure.", "Then index."],
      });
    },
  },
  {
    id: "absent-fields",
    name: "an absent optional field has no key, and neither have former slugs that a node does not have",
    async run(store) {
      await commit(store, [aQuestion({ slug: "scan" })]);
      const node = (await store.reader().nodes([id("Question:scan")])).get(id("Question:scan"));
      expect(Object.keys(node as object).sort()).toEqual([
        "changedIn",
        "difficulty",
        "format",
        "id",
        "kind",
        "slug",
        "title",
      ]);
    },
  },
  {
    id: "absent-nodes",
    name: "ids of nodes that do not exist, and texts that are no ids, are absent from the answer",
    async run(store) {
      await commit(store, [aConcept({ slug: "hnsw" })]);
      const ids = ["Concept:ivf", "Concept:hnsw", "Tool:hnsw", "hnsw", "", "Concept:' OR 1=1 --", "Nothing:hnsw"].map(
        id,
      );
      expect([...(await store.reader().nodes(ids)).keys()]).toEqual(["Concept:hnsw"]);
    },
  },
  {
    id: "batches",
    name: "a batch may be empty, and may name a node twice",
    async run(store) {
      await commit(store, [aConcept({ slug: "hnsw" }), aConcept({ slug: "ivf" })]);
      const reader = store.reader();
      expect((await reader.nodes([])).size).toBe(0);
      expect((await reader.nodes([id("Concept:hnsw"), id("Concept:ivf"), id("Concept:hnsw")])).size).toBe(2);
    },
  },
  {
    id: "large-batches",
    name: "a batch of 2,500 ids is answered in full",
    async run(store) {
      const slugs = Array.from({ length: 2_500 }, (_, index) => `c-${index}`);
      await commit(
        store,
        slugs.slice(0, 1_000).map((slug) => aConcept({ slug })),
      );
      const found = await store.reader().nodes(slugs.map((slug) => id(`Concept:${slug}`)));
      expect(found.size).toBe(1_000);
      expect(found.get(id("Concept:c-999"))?.slug).toBe("c-999");
    },
  },
  {
    id: "values",
    name: "values of every type come back as they were written",
    async run(store) {
      const regimes = [
        { slug: "small", title: "Under 100,000 vectors" },
        { slug: "batch-1", title: "Batch size 1" },
      ];
      const params = { "ef search": 64, M: 0.1, null: "null", warm: false, note: '"quoted" \\ and {braces}' };
      await commit(store, [
        aTradeOff({
          slug: "t",
          regimes,
          statement: "First line.\n\n\tSecond 'line'; DROP TABLE node --\n\n$param {x}",
        }),
        aMetric({ slug: "m", aliases: ["Ünïcödé", "𝒜𝓁𝒾𝒶𝓈", "ﬀ", "日本語", "👩‍🔬"] }),
        aSource({ slug: "s", url: "https://example.org/a?b=%20&c=d#e", date: "2024-07", revision: "v1.2" }),
        aBenchmark({ slug: "b", source: "s" }),
        aMeasurement({ slug: "tiny", benchmark: "b", metric: "m", value: 5e-324, samples: 2_000_000_000, params }),
        aMeasurement({ slug: "huge", benchmark: "b", metric: "m", value: -1.7976931348623157e308 }),
        aMeasurement({ slug: "sum", benchmark: "b", metric: "m", value: 0.1 + 0.2 }),
        aMeasurement({ slug: "whole", benchmark: "b", metric: "m", value: 9_007_199_254_740_991 }),
      ]);
      const ids = [
        "TradeOff:t",
        "Metric:m",
        "Source:s",
        ...["tiny", "huge", "sum", "whole"].map((slug) => `Measurement:b/${slug}`),
      ];
      const found = await store.reader().nodes(ids.map(id));
      expect(ids.map((each) => found.get(id(each)))).toMatchObject([
        { regimes, statement: "First line.\n\n\tSecond 'line'; DROP TABLE node --\n\n$param {x}" },
        { aliases: ["Ünïcödé", "𝒜𝓁𝒾𝒶𝓈", "ﬀ", "日本語", "👩‍🔬"] },
        { url: "https://example.org/a?b=%20&c=d#e", date: "2024-07", revision: "v1.2", changedIn: 1 },
        { value: 5e-324, samples: 2_000_000_000, params },
        { value: -1.7976931348623157e308 },
        { value: 0.30000000000000004 },
        { value: 9_007_199_254_740_991 },
      ]);
    },
  },
  {
    id: "params-order",
    name: "a map keeps the order of its keys",
    async run(store) {
      const params = { zeta: 1, alpha: 2, mid: 3 };
      await commit(store, [
        aMetric({ slug: "m" }),
        aSource({ slug: "s" }),
        aBenchmark({ slug: "b", source: "s" }),
        aMeasurement({ slug: "x", benchmark: "b", metric: "m", params }),
      ]);
      const node = (await store.reader().nodes([id("Measurement:b/x")])).get(id("Measurement:b/x"));
      expect(JSON.stringify((node as unknown as { params: unknown }).params)).toBe(JSON.stringify(params));
    },
  },
  {
    id: "revision",
    name: "a node's revision is that of the commit that last changed the node itself, not its links",
    async run(store) {
      await commit(store, [aQuestion({ slug: "q" }), aConcept({ slug: "c" })]);
      await commit(store, [patch("Concept:c", { title: "Another title" })]);
      await commit(store, [aLink("ABOUT", "Question:q", "Concept:c")]);
      const found = await store.reader().nodes([id("Question:q"), id("Concept:c")]);
      expect([found.get(id("Question:q"))?.changedIn, found.get(id("Concept:c"))?.changedIn]).toEqual([1, 2]);
    },
  },
  {
    id: "patches",
    name: "a patch leaves other fields as they are, and null clears one",
    async run(store) {
      await commit(store, [aQuestion({ slug: "q", title: "Before", estimatedMinutes: 20, practicedCount: 45 })]);
      await commit(store, [patch("Question:q", { title: "After", estimatedMinutes: null })]);
      const node = (await store.reader().nodes([id("Question:q")])).get(id("Question:q"));
      expect(node).toMatchObject({ title: "After", practicedCount: 45, difficulty: "MEDIUM", changedIn: 2 });
      expect(node).not.toHaveProperty("estimatedMinutes");
    },
  },
  {
    id: "frozen",
    name: "what is read cannot be changed, down to the lists and maps in it",
    async run(store) {
      await commit(store, [
        aTradeOff({ slug: "t", regimes: [{ slug: "small", title: "Small" }] }),
        aConcept({ slug: "c", aliases: ["One"] }),
        aMetric({ slug: "m" }),
        aSource({ slug: "s" }),
        aBenchmark({ slug: "b", source: "s" }),
        aMeasurement({ slug: "x", benchmark: "b", metric: "m", params: { a: 1 } }),
      ]);
      const found = await store.reader().nodes(["TradeOff:t", "Concept:c", "Measurement:b/x"].map(id));
      expect(found.size).toBe(3);
      expect(changeable(found)).toEqual([]);
    },
  },
  {
    id: "callers-values",
    name: "what the caller does to its values after the commit does not reach the store",
    async run(store) {
      const aliases = ["One"];
      await commit(store, [aConcept({ slug: "c", aliases })]);
      aliases.push("Two");
      expect((await store.reader().nodes([id("Concept:c")])).get(id("Concept:c"))).toMatchObject({ aliases: ["One"] });
    },
  },
]);
