import { aLink } from "../builders/links";
import { aConcept, aMetric, aQuality, aQuestion, aSource, aTradeOff } from "../builders/nodes";
import {
  aBenchmark,
  aCriterion,
  aFlipCondition,
  aMeasurement,
  aModelAnswer,
  anAssessment,
  anOption,
} from "../builders/owned-nodes";
import { type Api, anApi } from "./api";

describe("comparisons over GraphQL", () => {
  let api: Api;
  beforeAll(async () => {
    api = await anApi([
      aSource({ slug: "s" }),
      aMetric({ slug: "p99" }),
      aQuality({ slug: "latency" }),
      aConcept({ slug: "flat" }),
      aConcept({ slug: "graph" }),
      aBenchmark({ source: "s", slug: "b", date: "2020", staleAfter: "P2Y", hardware: "a server" }),
      aMeasurement({ benchmark: "b", metric: "p99", slug: "flat", value: 90 }),
      aMeasurement({ benchmark: "b", metric: "p99", slug: "graph", value: 3_000, unit: "us" }),
      aLink("MEASURES", "Measurement:b/flat", "Concept:flat"),
      aLink("MEASURES", "Measurement:b/graph", "Concept:graph"),
      aTradeOff({ slug: "t", regimes: [{ slug: "small", title: "Up to ten thousand" }] }),
      aLink("WEIGHED_ON", "TradeOff:t", "Quality:latency"),
      anOption({ tradeOff: "t", slug: "scan", title: "Scan" }),
      anOption({ tradeOff: "t", slug: "index", title: "Index" }),
      aLink("REALIZED_BY", "Option:t/scan", "Concept:flat"),
      aLink("REALIZED_BY", "Option:t/index", "Concept:graph"),
      anAssessment({ tradeOff: "t", option: "scan", quality: "latency", slug: "scan-latency", rating: 1 }),
      anAssessment({ tradeOff: "t", option: "index", quality: "latency", slug: "index-latency", rating: 0 }),
      aLink("EVIDENCED_BY", "Assessment:t/scan-latency", "Measurement:b/flat"),
      aLink("EVIDENCED_BY", "Assessment:t/scan-latency", "Measurement:b/graph"),
      aFlipCondition({ tradeOff: "t", quality: "latency", slug: "many" }),
      aQuestion({ slug: "q" }),
      aCriterion({ question: "q", slug: "states", weight: 4 }),
      aModelAnswer({ question: "q", slug: "concise" }),
      aLink("MEETS", "ModelAnswer:q/concise", "Criterion:q/states", { where: "Cost" }),
      aLink("EVIDENCED_BY", "ModelAnswer:q/concise", "Measurement:b/flat"),
    ]);
  });

  const stale = "stale { measurement { slug } datedBy { slug } date freshUntil }";
  const old = { measurement: { slug: "b/flat" }, datedBy: { slug: "b" }, date: "2020", freshUntil: "2022-12-31" };

  it("shows the options of a trade-off with grounds, contradictions and old figures", async () => {
    const { compareOptions } = await api.data<{ compareOptions: object }>(
      `{ compareOptions(tradeOff: "TradeOff:t", regime: "small", on: "2026-11-28") {
          on tradeOff { slug } regime { title } qualities { slug }
          options { option { title } cells { quality { slug } measured assessments { rating statement } ${stale} } }
          dominated { option { title } by { title } worseOn { slug } unknownOn { slug } }
          conflicts { quality { slug } rated { title } measured { title } figures { slug } }
          flips { shown flipCondition { slug } ${stale} } } }`,
    );
    expect(compareOptions).toEqual({
      on: "2026-11-28",
      tradeOff: { slug: "t" },
      regime: { title: "Up to ten thousand" },
      qualities: [{ slug: "latency" }],
      options: [
        {
          option: { title: "Scan" },
          cells: [
            {
              quality: { slug: "latency" },
              measured: true,
              assessments: [{ rating: 1, statement: "It is the slowest." }],
              stale: [old, { ...old, measurement: { slug: "b/graph" } }],
            },
          ],
        },
        {
          option: { title: "Index" },
          cells: [
            {
              quality: { slug: "latency" },
              measured: false,
              assessments: [{ rating: 0, statement: "It is the slowest." }],
              stale: [],
            },
          ],
        },
      ],
      dominated: [{ option: { title: "Index" }, by: { title: "Scan" }, worseOn: [{ slug: "latency" }], unknownOn: [] }],
      conflicts: [
        {
          quality: { slug: "latency" },
          rated: { title: "Scan" },
          measured: { title: "Index" },
          figures: [{ slug: "b/flat" }, { slug: "b/graph" }],
        },
      ],
      flips: [{ shown: false, flipCondition: { slug: "t/many" }, stale: [] }],
    });
  });

  it("calls nothing old before its time, and says as of which day", async () => {
    const query = `{ compareAnswers(question: "Question:q", on: "2022-12-31") { on answers { ${stale} } } }`;
    expect(await api.data(query)).toEqual({ compareAnswers: { on: "2022-12-31", answers: [{ stale: [] }] } });
  });

  it("takes today in UTC unless a day is given", async () => {
    const before = new Date().toISOString().slice(0, 10);
    const { compareAnswers } = await api.data<{ compareAnswers: { on: string } }>(
      '{ compareAnswers(question: "Question:q") { on } }',
    );
    expect([before, new Date().toISOString().slice(0, 10)]).toContain(compareAnswers.on);
  });

  it("shows which criteria an answer meets, and where", async () => {
    const query = `{ compareAnswers(question: "Question:q", on: "2023-01-01") { totalWeight question { slug } criteria { weight }
      answers { weight answer { level } meets { where node { slug } } misses { slug } ${stale} } } }`;
    expect(await api.data(query)).toEqual({
      compareAnswers: {
        totalWeight: 4,
        question: { slug: "q" },
        criteria: [{ weight: 4 }],
        answers: [
          {
            weight: 4,
            answer: { level: "CONCISE" },
            meets: [{ where: "Cost", node: { slug: "q/states" } }],
            misses: [],
            stale: [old],
          },
        ],
      },
    });
  });

  it("shows figures side by side in one unit", async () => {
    const query = `{ evidence(metric: "Metric:p99", subjects: ["Concept:graph", "Concept:flat"], unit: "ms", on: "2023-01-01") {
      unit totalCount metric { slug } refused { slug } common { name value }
      rows { value measurement { slug } subjects { slug } conditions { name } stale { freshUntil } } } }`;
    const row = { conditions: [], stale: { freshUntil: "2022-12-31" } };
    expect(await api.data(query)).toEqual({
      evidence: {
        unit: "ms",
        totalCount: 2,
        metric: { slug: "p99" },
        refused: [],
        common: [{ name: "hardware", value: "a server" }],
        rows: [
          { ...row, value: 3, measurement: { slug: "b/graph" }, subjects: [{ slug: "graph" }] },
          { ...row, value: 90, measurement: { slug: "b/flat" }, subjects: [{ slug: "flat" }] },
        ],
      },
    });
  });

  it.each([
    ["a unit of another quantity", 'evidence(metric: "Metric:p99", unit: "GB") { unit }', "BAD_USER_INPUT"],
    ["too many figures", 'evidence(metric: "Metric:p99", first: 101) { unit }', "BAD_USER_INPUT"],
    [
      "a subject of another kind",
      'evidence(metric: "Metric:p99", subjects: ["Question:q"]) { unit }',
      "BAD_USER_INPUT",
    ],
    ["a month as the day", 'compareAnswers(question: "Question:q", on: "2026-11") { on }', "BAD_USER_INPUT"],
    [
      "a day that is none",
      'compareAnswers(question: "Question:q", on: "2026-02-30") { on }',
      "GRAPHQL_VALIDATION_FAILED",
    ],
    ["a regime that is none", 'compareOptions(tradeOff: "TradeOff:t", regime: "large") { on }', "BAD_USER_INPUT"],
    ["a trade-off that is none", 'compareOptions(tradeOff: "TradeOff:u") { on }', "NOT_FOUND"],
  ])("refuses %s", async (_, field, code) => {
    expect(await api.code(`{ ${field} }`)).toBe(code);
  });
});
