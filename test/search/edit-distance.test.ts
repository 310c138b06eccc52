import { distanceToBeginning, editDistance } from "../../src/search/vocabulary";

describe("the edit distance", () => {
  it.each([
    ["cache", "cache", 2, 0],
    ["cahce", "cache", 2, 1],
    ["cach", "cache", 2, 1],
    ["caxhe", "cache", 2, 1],
    ["ca", "abc", 3, 3],
    ["latency", "throughput", 2, 3],
    ["", "ab", 2, 2],
  ])("from %s to %s, looking up to %i, is %i", (a, b, max, expected) => {
    expect(editDistance(a, b, max)).toBe(expected);
  });

  it.each([
    ["quantiz", "quantization", 0],
    ["qauntiz", "quantization", 1],
    ["quntiz", "quantization", 1],
    ["quantization", "quant", 2],
  ])("of %s to the beginning of %s is %i", (text, word, expected) => {
    expect(distanceToBeginning(text, word, 1)).toBe(expected);
  });
});
