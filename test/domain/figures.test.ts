import { agrees, figuresIn } from "../../src/domain/rules/figure-in-text";
import type { UnitCode } from "../../src/domain/ontology/units";

describe("figures in a text", () => {
  it.each([
    ["104 ms", [{ value: 104, tolerance: 0.5, unit: "ms" }]],
    ["about 1,300 requests/s", [{ value: 1300, tolerance: 50, unit: "requests/s" }]],
    ["0.95", [{ value: 0.95, tolerance: 0.005 }]],
    ["28.5x", [{ value: 28.5, tolerance: 0.05, unit: "x" }]],
    ["3×", [{ value: 3, tolerance: 0.5, unit: "x" }]],
    [
      "96 %, or 97%",
      [
        { value: 96, tolerance: 0.5, unit: "%" },
        { value: 97, tolerance: 0.5, unit: "%" },
      ],
    ],
    ["12.2 µs.", [{ value: 12.2, tolerance: 0.05, unit: "us" }]],
    ["24 million", [{ value: 24e6, tolerance: 0.5e6 }]],
    ["2.5 million vectors", [{ value: 2.5e6, tolerance: 0.05e6, unit: "vectors" }]],
    ["-5 points", [{ value: -5, tolerance: 0.5, unit: "points" }]],
    ["1e-3 s", [{ value: 0.001, tolerance: 0.0005, unit: "s" }]],
    ["30,000 reads", [{ value: 30_000, tolerance: 500 }]],
    ["the p99 at ef64", []],
    ["recall@10", []],
  ])("%j", (text, figures) => {
    const found = figuresIn(text);
    expect(found.map((figure) => Object.keys(figure))).toEqual(figures.map((figure) => Object.keys(figure)));
    for (const [index, figure] of figures.entries()) {
      expect(found[index]?.unit).toBe("unit" in figure ? figure.unit : undefined);
      expect(found[index]?.value).toBeCloseTo(figure.value, 9);
      expect(found[index]?.tolerance).toBeCloseTo(figure.tolerance, 9);
    }
  });
});

describe("a figure", () => {
  const agree = (text: string, value: number, unit: UnitCode) =>
    figuresIn(text).some((figure) => agrees(figure, value, unit));

  it.each<[string, number, UnitCode]>([
    ["104 ms", 104.2, "ms"],
    ["0.104 s", 104.2, "ms"],
    ["0.1 s", 104.2, "ms"],
    ["30.7 GB", 30_720_000_000, "By"],
    ["1,300 requests/s", 1_287, "requests/s"],
    ["95 %", 0.9501, "1"],
    ["0.95", 0.9501, "1"],
    ["3.4", 3.4, "x"],
    ["200,000", 200_000, "vectors"],
    ["0.3 ms", 0.1 + 0.2, "ms"],
  ])("of %j stands for %d %s", (text, value, unit) => {
    expect(agree(text, value, unit)).toBe(true);
  });

  it.each<[string, number, UnitCode]>([
    ["140 ms", 104.2, "ms"],
    ["104", 104.2, "ms"],
    ["104 us", 104.2, "ms"],
    ["104 MB", 104.2, "ms"],
    ["105 ms", 104.2, "ms"],
    ["10 ms", 14, "ms"],
    ["1,300 requests/s", 1_360, "requests/s"],
    ["2x", 3.4, "x"],
  ])("of %j does not stand for %d %s", (text, value, unit) => {
    expect(agree(text, value, unit)).toBe(false);
  });
});
