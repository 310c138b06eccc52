import { nearNames, didYouMean } from "../../src/domain/near-names";

describe("near names", () => {
  it("are at most three, the nearest first, ties by code point", () => {
    expect(nearNames("hnsw", ["ivf", "hnws", "hns", "hnsw-1m", "hsnw", "cache"])).toEqual(["hns", "hnsw-1m", "hnws"]);
  });

  it("are none when nothing is near, nor the name itself", () => {
    expect(nearNames("quantization", ["cache", "profiling"])).toEqual([]);
    expect(nearNames("cache", ["cache"])).toEqual([]);
  });

  it("hold names that contain a name of three characters or more", () => {
    expect(nearNames("latency", ["tail-latency", "p99-latency-of-reads"])).toEqual([
      "p99-latency-of-reads",
      "tail-latency",
    ]);
  });

  it("are told as a question", () => {
    expect(didYouMean([])).toBe("");
    expect(didYouMean(["a", "b"])).toBe(' Did you mean "a" or "b"?');
  });
});
