import { holdsTopHeading, inlineLinks } from "../../src/domain/markdown";

describe("inline links", () => {
  it("are found in reading order, with their text, target and line", () => {
    const text =
      "Try [HNSW](concept:hnsw).\n\n- It took [104 ms](measurement:hnsw-1m/p99), or [30.7 GB](derived:1e7*768*4).";
    expect(inlineLinks(text)).toEqual([
      { text: "HNSW", scheme: "concept", target: "hnsw", line: 1 },
      { text: "104 ms", scheme: "measurement", target: "hnsw-1m/p99", line: 3 },
      { text: "30.7 GB", scheme: "derived", target: "1e7*768*4", line: 3 },
    ]);
  });

  it("of derivations hold spaces and parentheses, on one line", () => {
    const text = "It is [4 %](derived:100*(8-7)/25 %), not [5](derived:(2+3 or [6](derived:2*\n3).";
    expect(inlineLinks(text)).toEqual([{ text: "4 %", scheme: "derived", target: "100*(8-7)/25 %", line: 1 }]);
    expect(inlineLinks("`[4 %](derived:2*2 %)`")).toEqual([]);
  });

  it("are not taken from code, nor from links elsewhere", () => {
    expect(inlineLinks("`[a](concept:a)` and [b](https://example.org)\n\n    [c](concept:c)")).toEqual([]);
  });
});

describe("a level 1 heading", () => {
  it.each(["# Title", "Title\n=====", "text\n\n> # quoted"])("is seen in %j", (text) => {
    expect(holdsTopHeading(text)).toBe(true);
  });

  it.each(["## Second", "```\n# comment\n```", "C# is a language", "a\n\n    # code"])("is not seen in %j", (text) => {
    expect(holdsTopHeading(text)).toBe(false);
  });
});
