import { compareAnswers } from "../../../src/domain/comparison/compare-answers";
import { type EvidenceQuery, evidenceTable } from "../../../src/domain/comparison/evidence-table";
import { readDay } from "../../../src/domain/comparison/stale-figures";
import { aView } from "../../builders/a-view";
import { id } from "../../builders/changes";

describe("a comparison of answers", () => {
  const view = aView(
    [
      ["JUDGED_BY", "Question:q", "Criterion:q/second", {}, 1],
      ["JUDGED_BY", "Question:q", "Criterion:q/first", {}, 0],
      ["ANSWERED_BY", "Question:q", "ModelAnswer:q/concise"],
      ["ANSWERED_BY", "Question:q", "ModelAnswer:q/full"],
      ["MEETS", "ModelAnswer:q/full", "Criterion:q/second", { where: "Cost" }],
      ["MEETS", "ModelAnswer:q/full", "Criterion:q/first"],
      ["MEETS", "ModelAnswer:q/concise", "Criterion:q/second"],
      ["EVIDENCED_BY", "ModelAnswer:q/full", "Measurement:b/m", { reason: "It shows it.", supports: true }],
      ["REPORTS", "Benchmark:b", "Measurement:b/m"],
    ],
    {
      "Criterion:q/first": { weight: 5 },
      "Criterion:q/second": { weight: 2 },
      "Benchmark:b": { date: "2020-01-01", staleAfter: "P1Y" },
    },
  );

  it("says which criteria each answer meets, where, and what that weighs", () => {
    const { criteria, totalWeight, answers, on } = compareAnswers(view, id("Question:q"), "2026-11-28");
    expect([on, totalWeight, criteria.map(({ slug }) => slug)]).toEqual(["2026-11-28", 7, ["q/first", "q/second"]]);
    expect(
      answers.map(({ answer, meets, misses, weight }) => ({
        answer: answer.slug,
        meets: meets.map(({ node, properties }) => [node.slug, properties["where"]]),
        misses: misses.map(({ slug }) => slug),
        weight,
      })),
    ).toEqual([
      { answer: "q/concise", meets: [["q/second", undefined]], misses: ["q/first"], weight: 2 },
      {
        answer: "q/full",
        meets: [
          ["q/first", undefined],
          ["q/second", "Cost"],
        ],
        misses: [],
        weight: 7,
      },
    ]);
  });

  it("marks answers that rest on old figures", () => {
    const { answers } = compareAnswers(view, id("Question:q"), "2026-11-28");
    expect(answers.map(({ stale }) => stale.map(({ measurement }) => measurement.slug))).toEqual([[], ["b/m"]]);
    expect(compareAnswers(view, id("Question:q"), "2021-01-01").answers.flatMap(({ stale }) => stale)).toEqual([]);
  });

  it("is empty for a question without answers", () => {
    const bare = aView([], { "Question:bare": {} });
    expect(compareAnswers(bare, id("Question:bare"), "2026-11-28")).toMatchObject({ answers: [], totalWeight: 0 });
  });
});

describe("a table of evidence", () => {
  const figure = (value: number, unit: string, rest = {}) => ({ value, unit, subjectAsPrinted: "x", ...rest });
  const view = aView(
    [
      ...["b/a", "b/b", "c/c", "c/bytes"].map((slug) => ["OF", `Measurement:${slug}`, "Metric:p99"] as const),
      ["REPORTS", "Benchmark:b", "Measurement:b/a"],
      ["REPORTS", "Benchmark:b", "Measurement:b/b"],
      ["REPORTS", "Benchmark:c", "Measurement:c/c"],
      ["MEASURES", "Measurement:b/a", "Concept:hnsw"],
      ["MEASURES", "Measurement:b/b", "Tool:faiss"],
      ["MEASURES", "Measurement:b/b", "Concept:hnsw"],
      ["MEASURES", "Measurement:c/c", "Tool:faiss"],
    ],
    {
      "Metric:p99": { quantity: "TIME", direction: "LOWER_IS_BETTER" },
      "Metric:none": { quantity: "TIME", direction: "LOWER_IS_BETTER" },
      "Measurement:b/a": figure(2, "ms", { params: { batch: 1, k: 10 } }),
      "Measurement:b/b": figure(1_500, "us", { params: { batch: 8, k: 10 } }),
      "Measurement:c/c": figure(1, "s", { params: { k: 10 }, hardware: "a laptop" }),
      "Measurement:c/bytes": figure(4, "GB"),
      "Benchmark:b": { hardware: "a server", dataset: "SIFT" },
      "Benchmark:c": { hardware: "a rack", dataset: "SIFT", date: "2020", staleAfter: "P1Y" },
    },
  );
  const table = (rest: Partial<EvidenceQuery> = {}, metric = "Metric:p99") =>
    evidenceTable(view, id(metric), { on: "2026-11-28", first: 20, ...rest });
  const rows = (rest?: Partial<EvidenceQuery>) =>
    table(rest).rows.map(({ measurement, value }) => [measurement.slug, value]);

  it("has all figures in one unit, the best first", () => {
    expect(rows({ unit: "ms" })).toEqual([
      ["b/b", 1.5],
      ["b/a", 2],
      ["c/c", 1_000],
    ]);
    expect(table({ unit: "s", first: 1 })).toMatchObject({ unit: "s", totalCount: 3, rows: [{ value: 0.0015 }] });
  });

  it("takes the unit that most of its figures are in, the smallest one of several", () => {
    expect(table().unit).toBe("us");
    expect(table({}, "Metric:none")).toMatchObject({ unit: "ns", rows: [], totalCount: 0, common: [] });
  });

  it("holds the figures of the subjects asked for, with which of these each is of", () => {
    const { rows: found } = table({ subjects: [id("Concept:hnsw")] });
    expect(found.map(({ measurement, subjects }) => [measurement.slug, subjects.map((each) => each.id)])).toEqual([
      ["b/b", ["Concept:hnsw"]],
      ["b/a", ["Concept:hnsw"]],
    ]);
    expect(table({ subjects: [] }).rows).toEqual([]);
  });

  it("says which conditions differ, and which are the same", () => {
    const { common, rows: found } = table();
    expect(common).toEqual([
      { name: "dataset", value: "SIFT" },
      { name: "params.k", value: "10" },
    ]);
    expect(found.map(({ conditions }) => conditions)).toEqual([
      [
        { name: "hardware", value: "a server" },
        { name: "params.batch", value: "8" },
      ],
      [
        { name: "hardware", value: "a server" },
        { name: "params.batch", value: "1" },
      ],
      [
        { name: "hardware", value: "a laptop" },
        { name: "params.batch", value: null },
      ],
    ]);
  });

  it("keeps figures of another quantity apart", () => {
    expect(table().refused.map(({ slug }) => slug)).toEqual(["c/bytes"]);
  });

  it("refuses a unit of another quantity, and a text that is no unit", () => {
    expect(() => table({ unit: "GB" })).toThrow("p99 is a TIME, but GB is a unit of BYTES.");
    expect(() => table({ unit: "msec" })).toThrow(/^There is no unit "msec". Did you mean "ms"/);
  });

  it("marks the figures that are old", () => {
    expect(table().rows.map(({ stale }) => stale?.freshUntil ?? null)).toEqual([null, null, "2021-12-31"]);
  });
});

describe("a day", () => {
  it.each(["2026", "2026-11"])("is not %s alone", (text) => {
    expect(() => readDay(text)).toThrow(`on must be a whole day, YYYY-MM-DD, but got: ${text}.`);
  });
});
