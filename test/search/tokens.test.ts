import fc from "fast-check";
import { tokensOf } from "../../src/search/tokens";

const terms = (text: string): string =>
  tokensOf(text)
    .map(({ term }) => term)
    .join(" ");

describe("the tokens of a text", () => {
  it.each([
    ["words in lower case", "Tail Latency", "tail latency"],
    ["accents and full width", "Café ＦＡＩＳＳ", "cafe faiss"],
    ["parts and the whole of what a hyphen holds together", "INT-8", "int 8 int8"],
    [
      "underscores, slashes and at signs",
      "line_profiler A/B recall@10",
      "line profiler lineprofiler a b ab recall 10 recall10",
    ],
    ["decimals", "p99.9 and 0.5.", "p99.9 and 0.5"],
    ["ratios", "2:4 sparsity", "2:4 sparsity"],
    ["thousands", "10,000 rows, 5", "10000 rows 5"],
    ["names with signs", "C++, C# and c", "c++ c# and c"],
    ["growth", "O(n log n)", "o o(nlogn) n log n"],
    ["nested growth", "O(log(n))", "o o(log(n)) log n"],
    ["apostrophes", "Amdahl's and don’t", "amdahl and dont"],
    ["superscripts", "n² cells", "n2 cells"],
    ["nothing but signs", "?!… — ()", ""],
    ["too long to be words", "x".repeat(60), ""],
  ])("%s", (_name, text, expected) => {
    expect(terms(text)).toBe(expected);
  });

  it("lie in the text, in order, and never cut a surrogate pair", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 80 }), (text) => {
        for (const { start, end } of tokensOf(text)) {
          expect(start).toBeLessThan(end);
          expect(end).toBeLessThanOrEqual(text.length);
          if (text.isWellFormed()) expect(text.slice(start, end).isWellFormed()).toBe(true);
        }
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});
