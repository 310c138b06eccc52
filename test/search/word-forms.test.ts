import { stemOf } from "../../src/search/vocabulary";

describe("the stem of a word", () => {
  it.each([
    ["quantization", "quantized"],
    ["quantisation", "quantizing"],
    ["neighbours", "neighbor"],
    ["cheapest", "cheap"],
    ["bigger", "big"],
    ["caches", "caching"],
    ["retries", "retry"],
    ["profilers", "profiling"],
  ])("is the same for %s and %s", (a, b) => {
    expect(stemOf(a)).toBe(stemOf(b));
  });

  it.each([
    ["int4", "int8"],
    ["p95", "p99"],
    ["server", "serverless"],
    ["hash", "heap"],
  ])("differs for %s and %s", (a, b) => {
    expect(stemOf(a)).not.toBe(stemOf(b));
  });
});
