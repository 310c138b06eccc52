import { evaluate } from "../../src/domain/rules/figure-in-text";

describe("a derivation", () => {
  it.each([
    ["1e7*768*4 By", { value: 30_720_000_000, unit: "By" }],
    ["1e7 * 768 * 4 By", { value: 30_720_000_000, unit: "By" }],
    ["100*(794.72-759.94)/794.72 %", { value: (100 * (794.72 - 759.94)) / 794.72, unit: "%" }],
    ["2+3*4", { value: 14 }],
    ["(2+3)*4", { value: 20 }],
    ["8/4/2", { value: 1 }],
    ["8-4-2", { value: 2 }],
    ["-(2 - 5)", { value: 3 }],
    ["2*-3", { value: -6 }],
    ["5 + 1", { value: 6 }],
    ["5 1", { value: 5, unit: "1" }],
    ["237.1e-6*50/30*6 s", { value: ((237.1e-6 * 50) / 30) * 6, unit: "s" }],
  ])("of %j is worked out", (text, expected) => {
    expect(evaluate(text)).toEqual(expected);
  });

  it.each([
    "",
    "By",
    "1 +",
    "(1",
    "1)",
    "1 2",
    "1 furlongs",
    "1/0",
    "0/0",
    "1e999",
    "2**3",
    "process.exit()",
    "1;2",
    "0x10",
    "1,000",
    "1+".repeat(101),
  ])("of %j is none", (text) => {
    expect(evaluate(text)).toBeNull();
  });

  it("of parentheses without end is none, and costs nothing", () => {
    expect(evaluate(`${"(".repeat(100_000)}1`)).toBeNull();
  });
});
