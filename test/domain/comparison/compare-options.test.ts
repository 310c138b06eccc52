import { compareOptions, type OptionComparison } from "../../../src/domain/comparison/compare-options";
import type { GraphView } from "../../../src/domain/graph/graph-view";
import { id } from "../../builders/changes";
import { aTradeOffView, type GivenCell, type GivenFigure } from "./a-trade-off";

const compare = (view: GraphView, regime?: string, on = "2026-11-28"): OptionComparison =>
  compareOptions(view, id("TradeOff:t"), { ...(regime !== undefined && { regime }), on });
const own = (slug: string): string => slug.slice(slug.indexOf("/") + 1);

describe("a comparison of options", () => {
  const rated = (ratings: Readonly<Record<string, readonly (number | undefined)[]>>, regime?: string): GivenCell[] =>
    Object.entries(ratings).flatMap(([option, row]) =>
      row.map((rating, i) => ({
        option,
        quality: `q${i}`,
        ...(rating !== undefined && { rating }),
        ...(regime !== undefined && { regime }),
      })),
    );
  const dominated = ({ dominated: pairs }: OptionComparison) =>
    pairs.map(({ option, by, worseOn, unknownOn }) => ({
      pair: `${own(option.slug)} by ${own(by.slug)}`,
      worseOn: worseOn.map(({ slug }) => slug),
      unknownOn: unknownOn.map(({ slug }) => slug),
    }));

  it("has a row for each option and a cell for each quality, in the trade-off's order, empty where nothing is assessed", () => {
    const view = aTradeOffView({
      options: ["scan", "graph"],
      qualities: ["speed", "recall"],
      cells: [
        { option: "scan", quality: "speed", rating: -1 },
        { option: "graph", quality: "recall" },
      ],
    });
    const { options, qualities } = compare(view);
    expect(qualities.map(({ slug }) => slug)).toEqual(["speed", "recall"]);
    expect(
      options.map(({ option, cells }) => [
        own(option.slug),
        cells.map(({ quality, assessments }) => [quality.slug, assessments.map(({ rating }) => rating)]),
      ]),
    ).toEqual([
      [
        "scan",
        [
          ["speed", [-1]],
          ["recall", []],
        ],
      ],
      [
        "graph",
        [
          ["speed", []],
          ["recall", [undefined]],
        ],
      ],
    ]);
  });

  it("shows the assessment of the regime asked for, else the one that holds in all, and all of them where none is asked for", () => {
    const view = aTradeOffView({
      options: ["scan"],
      qualities: ["speed", "recall"],
      regimes: ["small", "large"],
      cells: [
        { option: "scan", quality: "speed", rating: 2, regime: "small" },
        { option: "scan", quality: "speed", rating: -2, regime: "large" },
        { option: "scan", quality: "recall", rating: 1 },
      ],
    });
    const ratings = (regime?: string) =>
      compare(view, regime).options[0]?.cells.map(({ assessments }) => assessments.map(({ rating }) => rating));
    expect(ratings("small")).toEqual([[2], [1]]);
    expect(ratings("large")).toEqual([[-2], [1]]);
    expect(ratings()).toEqual([[2, -2], [1]]);
    expect(compare(view, "small").regime).toEqual({ slug: "small", title: "small" });
    expect(compare(view).regime).toBeUndefined();
  });

  it("refuses a regime that the trade-off does not have, naming a near one", () => {
    const view = aTradeOffView({ options: [], qualities: [], regimes: ["large"], cells: [] });
    expect(() => compare(view, "larg")).toThrow('The trade-off t has no regime "larg". Did you mean "large"?');
  });

  it("calls an option dominated by one that is better somewhere and worse nowhere", () => {
    const cells = rated({ a: [1, 0], b: [1, 1], c: [2, -1] });
    const view = aTradeOffView({ options: ["a", "b", "c"], qualities: ["q0", "q1"], cells });
    expect(dominated(compare(view))).toEqual([{ pair: "a by b", worseOn: ["q1"], unknownOn: [] }]);
  });

  it("does not call equals dominated", () => {
    const view = aTradeOffView({ options: ["a", "b"], qualities: ["q0"], cells: rated({ a: [1], b: [1] }) });
    expect(dominated(compare(view))).toEqual([]);
  });

  it("names the qualities on which an unknown rating could turn it round", () => {
    const cells = rated({ a: [0, undefined, 1], b: [1, 2, 1] });
    const view = aTradeOffView({ options: ["a", "b"], qualities: ["q0", "q1", "q2"], cells });
    expect(dominated(compare(view))).toEqual([{ pair: "a by b", worseOn: ["q0"], unknownOn: ["q1"] }]);
  });

  it("calls an option dominated in one regime that is not so in all", () => {
    const cells = [...rated({ a: [0], b: [1] }, "small"), ...rated({ a: [1], b: [0] }, "large")];
    const view = aTradeOffView({ options: ["a", "b"], qualities: ["q0"], regimes: ["small", "large"], cells });
    expect(dominated(compare(view, "small")).map(({ pair }) => pair)).toEqual(["a by b"]);
    expect(dominated(compare(view, "large")).map(({ pair }) => pair)).toEqual(["b by a"]);
    expect(dominated(compare(view))).toEqual([]);
  });
});

describe("ratings against figures", () => {
  const conflictsWith = (figures: Readonly<Record<string, GivenFigure>>, [scan, graph]: [number, number] = [1, -1]) =>
    compare(
      aTradeOffView({
        options: ["scan", "graph"],
        qualities: ["speed"],
        cells: [
          { option: "scan", quality: "speed", rating: scan, cites: Object.keys(figures) },
          { option: "graph", quality: "speed", rating: graph },
        ],
        figures,
      }),
    ).conflicts.map(({ quality, rated, measured, figures: cited }) => [
      quality.slug,
      own(rated.slug),
      own(measured.slug),
      cited.map(({ slug }) => own(slug)),
    ]);

  it("conflict where the one that is rated lower is ahead in every pair of one benchmark and metric", () => {
    const figures = {
      m1: { of: "scan", value: 90 },
      m2: { of: "graph", value: 3_000, unit: "us" },
      m3: { of: "graph", value: 5 },
    };
    expect(conflictsWith(figures)).toEqual([["speed", "scan", "graph", ["m1", "m2", "m3"]]]);
  });

  it("do not where the order depends on the conditions", () => {
    expect(
      conflictsWith({ m1: { of: "scan", value: 4 }, m2: { of: "graph", value: 3 }, m3: { of: "graph", value: 5 } }),
    ).toEqual([]);
  });

  it("do not where the figures are of two benchmarks, are equal, or are of two quantities", () => {
    expect(conflictsWith({ m1: { of: "scan", value: 90 }, m2: { of: "graph", value: 3, benchmark: "other" } })).toEqual(
      [],
    );
    expect(conflictsWith({ m1: { of: "scan", value: 3 }, m2: { of: "graph", value: 3 } })).toEqual([]);
    expect(conflictsWith({ m1: { of: "scan", value: 90 }, m2: { of: "graph", value: 3, unit: "GB" } })).toEqual([]);
  });

  it("do not where a number among the settings differs, but a word may", () => {
    const under = (own: object, their: object) => ({
      m1: { of: "scan", value: 90, params: { ...own } },
      m2: { of: "graph", value: 3, params: { ...their } },
    });
    expect(conflictsWith(under({ batch: 1 }, { batch: 8 }))).toEqual([]);
    expect(conflictsWith(under({ batch: 8, index: "flat" }, { batch: 8, index: "hnsw" }))).toHaveLength(1);
  });

  it("do not where the ratings agree with the figures, or are equal", () => {
    const figures = { m1: { of: "scan", value: 90 }, m2: { of: "graph", value: 3 } };
    expect(conflictsWith(figures, [-1, 1])).toEqual([]);
    expect(conflictsWith(figures, [1, 1])).toEqual([]);
  });
});

describe("what a comparison rests on", () => {
  const view = aTradeOffView({
    options: ["scan", "graph"],
    qualities: ["speed"],
    cells: [
      { option: "scan", quality: "speed", rating: -1, cites: ["m1", "m2"] },
      { option: "graph", quality: "speed", rating: 1 },
    ],
    figures: { m1: { of: "scan", value: 90 }, m2: { of: "graph", value: 3 } },
    fields: {
      "Benchmark:b": { staleAfter: "P2Y", date: "2024-07" },
      "FlipCondition:t/many": {},
      "Benchmark:c": { staleAfter: "P6M" },
      "Source:s": { retrievedAt: "2026-01-15" },
      "Measurement:c/m": { value: 1, unit: "ms" },
    },
    edges: [
      ["FLIPS", "TradeOff:t", "FlipCondition:t/many"],
      ["MENTIONS", "FlipCondition:t/many", "Measurement:c/m"],
      ["MENTIONS", "FlipCondition:t/many", "Concept:graph"],
      ["REPORTS", "Benchmark:c", "Measurement:c/m"],
      ["PUBLISHED_IN", "Benchmark:c", "Source:s"],
    ],
  });
  const staleOn = (on: string) => {
    const { options, flips } = compare(view, undefined, on);
    const all = [...options.flatMap(({ cells }) => cells), ...flips].flatMap(({ stale }) => stale);
    return all.map(({ measurement, datedBy, date, freshUntil }) => [measurement.slug, datedBy.id, date, freshUntil]);
  };

  it("is measured where figures of the option and of a rival are cited", () => {
    const { options } = compare(view);
    expect(options.map(({ cells }) => cells[0]?.measured)).toEqual([true, false]);
  });

  it("is old from the day after the last fresh one, by the benchmark's date or else by when its source was read", () => {
    expect(staleOn("2026-07-15")).toEqual([]);
    expect(staleOn("2026-07-16")).toEqual([["c/m", "Source:s", "2026-01-15", "2026-07-15"]]);
    expect(staleOn("2026-07-31")).toHaveLength(1);
    expect(staleOn("2026-08-01")).toEqual([
      ["b/m1", "Benchmark:b", "2024-07", "2026-07-31"],
      ["b/m2", "Benchmark:b", "2024-07", "2026-07-31"],
      ["c/m", "Source:s", "2026-01-15", "2026-07-15"],
    ]);
  });

  it("holds the flip conditions, with whether figures show them", () => {
    expect(compare(view).flips.map(({ flipCondition, shown }) => [flipCondition.slug, shown])).toEqual([
      ["t/many", false],
    ]);
  });
});
