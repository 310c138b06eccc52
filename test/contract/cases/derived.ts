import { aConcept, aMetric, aQuality, aSource, aTool, aTradeOff } from "../../builders/nodes";
import { aBenchmark, aFlipCondition, aMeasurement, anAssessment, anOption } from "../../builders/owned-nodes";
import { aLink } from "../../builders/links";
import { type Changes, commit, id } from "../../builders/changes";
import { changeable, linksOf, neighboursOf, pageOf } from "../asking";
import { casesAbout } from "../contract-case";

/** Two trade-offs, three benchmarks with two figures each, one option and assessment a trade-off, one flip condition. */
const bank: Changes = [
  aQuality({ slug: "latency" }),
  aMetric({ slug: "p99" }),
  aSource({ slug: "s" }),
  aConcept({ slug: "hnsw" }),
  aTool({ slug: "faiss" }),
  ...["one", "two", "three"].flatMap((slug) => [
    ...aBenchmark({ slug, source: "s", title: `Benchmark ${slug}` }),
    ...aMeasurement({ benchmark: slug, metric: "p99", slug: "a" }),
    ...aMeasurement({ benchmark: slug, metric: "p99", slug: "b" }),
  ]),
  ...["x", "y"].flatMap((tradeOff) => [
    aTradeOff({ slug: tradeOff }),
    ...anOption({ tradeOff, slug: "scan" }),
    ...anAssessment({ tradeOff, option: "scan", quality: "latency", slug: "scan-latency" }),
    ...aFlipCondition({ tradeOff, quality: "latency", slug: "million" }),
  ]),
];

const cites = (from: string, figure: string, reason: string) =>
  aLink("EVIDENCED_BY", from, `Measurement:${figure}`, { reason, ...(from.startsWith("Flip") && { side: "BEFORE" }) });

const shown = async (...ask: Parameters<typeof linksOf>) =>
  (await linksOf(...ask)).map(({ node, properties, because, ...rest }) => ({
    ...rest,
    to: node.id,
    properties,
    because: because?.map((each) => [each.node.id, each.reason]),
  }));

export const derived = casesAbout("derived", [
  {
    id: "trade-off-benchmarks",
    name: "a trade-off leads to the benchmarks of its evidence, each once, with every assessment and flip condition that cites it",
    async run(store) {
      await commit(store, [
        ...bank,
        cites("Assessment:x/scan-latency", "two/a", "Slow at once."),
        cites("Assessment:x/scan-latency", "two/b", "Slower later."),
        cites("Assessment:x/scan-latency", "one/a", "It scans."),
        cites("FlipCondition:x/million", "two/a", "It turns here."),
        cites("Assessment:y/scan-latency", "three/a", "Another matter."),
      ]);
      expect(await shown(store.reader(), "TradeOff:x", "benchmarks")).toEqual([
        { to: "Benchmark:one", properties: {}, because: [["Assessment:x/scan-latency", "It scans."]] },
        {
          to: "Benchmark:two",
          properties: {},
          because: [
            ["Assessment:x/scan-latency", "Slow at once."],
            ["Assessment:x/scan-latency", "Slower later."],
            ["FlipCondition:x/million", "It turns here."],
          ],
        },
      ]);
    },
  },
  {
    id: "benchmark-trade-offs",
    name: "a benchmark leads back to the trade-offs that its figures are evidence for",
    async run(store) {
      await commit(store, [
        ...bank,
        cites("FlipCondition:y/million", "one/b", "It turns here."),
        cites("Assessment:x/scan-latency", "one/a", "It scans."),
        cites("FlipCondition:x/million", "one/b", "It turns there."),
      ]);
      expect(await shown(store.reader(), "Benchmark:one", "tradeOffs")).toEqual([
        {
          to: "TradeOff:x",
          properties: {},
          because: [
            ["Assessment:x/scan-latency", "It scans."],
            ["FlipCondition:x/million", "It turns there."],
          ],
        },
        { to: "TradeOff:y", properties: {}, because: [["FlipCondition:y/million", "It turns here."]] },
      ]);
      expect(await shown(store.reader(), "Benchmark:two", "tradeOffs")).toEqual([]);
    },
  },
  {
    id: "measured",
    name: "a concept and a tool lead to the benchmarks with figures of them, because of those figures, without reasons",
    async run(store) {
      await commit(store, [
        ...bank,
        aLink("MEASURES", "Measurement:two/b", "Concept:hnsw"),
        aLink("MEASURES", "Measurement:two/a", "Concept:hnsw"),
        aLink("MEASURES", "Measurement:one/a", "Tool:faiss"),
      ]);
      expect(await shown(store.reader(), "Concept:hnsw", "benchmarks")).toEqual([
        {
          to: "Benchmark:two",
          properties: {},
          because: [
            ["Measurement:two/a", undefined],
            ["Measurement:two/b", undefined],
          ],
        },
      ]);
      const [link] = await linksOf(store.reader(), "Tool:faiss", "benchmarks");
      expect(link?.because?.map((each) => Object.keys(each))).toEqual([["node"]]);
      expect(link?.because?.[0]?.node).toMatchObject({ id: "Measurement:one/a", value: 1.3, unit: "ms" });
    },
  },
  {
    id: "equal-becauses",
    name: "one node with one reason is named once, however many figures it cites with it",
    async run(store) {
      await commit(store, [
        ...bank,
        cites("Assessment:x/scan-latency", "one/a", "It scans."),
        cites("Assessment:x/scan-latency", "one/b", "It scans."),
      ]);
      expect(await shown(store.reader(), "TradeOff:x", "benchmarks")).toMatchObject([
        { because: [["Assessment:x/scan-latency", "It scans."]] },
      ]);
      expect(await shown(store.reader(), "Benchmark:one", "tradeOffs")).toMatchObject([
        { because: [["Assessment:x/scan-latency", "It scans."]] },
      ]);
    },
  },
  {
    id: "because-order",
    name: "reasons of one node are ordered by code point",
    async run(store) {
      const reasons = ["apple", "Zebra", "𝒜", "ﬀ", "Äpfel", "zoo"];
      await commit(store, [
        ...bank,
        ...reasons.flatMap((_, index) => aMeasurement({ benchmark: "one", metric: "p99", slug: `r-${index}` })),
        ...reasons.map((reason, index) => cites("Assessment:x/scan-latency", `one/r-${index}`, reason)),
      ]);
      const [link] = await shown(store.reader(), "TradeOff:x", "benchmarks");
      expect(link?.because?.map(([, reason]) => reason)).toEqual(["Zebra", "apple", "zoo", "Äpfel", "ﬀ", "𝒜"]);
    },
  },
  {
    id: "because-limit",
    name: "at most twenty becauses are given, the first by node id",
    async run(store) {
      const figures = Array.from({ length: 25 }, (_, index) => `f-${String(index).padStart(2, "0")}`);
      await commit(store, [
        ...bank,
        ...figures
          .toReversed()
          .flatMap((slug) => [
            ...aMeasurement({ benchmark: "one", metric: "p99", slug }),
            aLink("MEASURES", `Measurement:one/${slug}`, "Concept:hnsw"),
          ]),
      ]);
      const [link] = await shown(store.reader(), "Concept:hnsw", "benchmarks");
      expect(link?.because?.map(([node]) => node)).toEqual(
        figures.slice(0, 20).map((slug) => `Measurement:one/${slug}`),
      );
    },
  },
  {
    id: "pages",
    name: "derived links are paged, ordered by id or an indexed field of the target, and filtered",
    async run(store) {
      await commit(store, [
        ...bank,
        ...["one", "two", "three"].map((slug) => aLink("MEASURES", `Measurement:${slug}/a`, "Tool:faiss")),
      ]);
      const reader = store.reader();
      const first = await pageOf(reader, "Tool:faiss", "benchmarks", { first: 2 });
      expect([first.links.map((link) => link.node.id), first.hasNext]).toEqual([
        ["Benchmark:one", "Benchmark:three"],
        true,
      ]);
      const rest = { after: { value: null, id: "Benchmark:three" }, first: 2 };
      expect(await neighboursOf(reader, "Tool:faiss", "benchmarks", rest)).toEqual(["Benchmark:two"]);
      const order = { by: "title", direction: "DESC" } as const;
      expect(await neighboursOf(reader, "Tool:faiss", "benchmarks", { order })).toEqual([
        "Benchmark:two",
        "Benchmark:three",
        "Benchmark:one",
      ]);
      expect(
        await neighboursOf(reader, "Tool:faiss", "benchmarks", {
          order,
          after: { value: "Benchmark three", id: "Benchmark:three" },
        }),
      ).toEqual(["Benchmark:one"]);
      const where = { not: [{ field: "title", in: ["Benchmark one"] }] };
      expect(await neighboursOf(reader, "Tool:faiss", "benchmarks", { where })).toEqual([
        "Benchmark:three",
        "Benchmark:two",
      ]);
    },
  },
  {
    id: "counts",
    name: "derived links are counted by their targets",
    async run(store) {
      await commit(store, [
        ...bank,
        cites("Assessment:x/scan-latency", "one/a", "It scans."),
        cites("Assessment:x/scan-latency", "one/b", "It scans more."),
        cites("FlipCondition:x/million", "two/a", "It turns here."),
      ]);
      const of = ["TradeOff:x", "TradeOff:y", "TradeOff:none"].map(id);
      expect(await store.reader().counts({ relation: "TradeOff.benchmarks", of })).toEqual(
        new Map([
          ["TradeOff:x", 2],
          ["TradeOff:y", 0],
        ]),
      );
      const where = { and: [{ field: "title", in: ["Benchmark two"] }] };
      expect((await store.reader().counts({ relation: "TradeOff.benchmarks", of, where })).get(id("TradeOff:x"))).toBe(
        1,
      );
    },
  },
  {
    id: "frozen",
    name: "becauses cannot be changed",
    async run(store) {
      await commit(store, [...bank, cites("Assessment:x/scan-latency", "one/a", "It scans.")]);
      expect(changeable(await pageOf(store.reader(), "TradeOff:x", "benchmarks"))).toEqual([]);
    },
  },
]);
