import { headingsIn, readProse, wordsIn } from "../../src/domain/prose";

describe("prose", () => {
  it("has headings as they read, at any depth, and not from code", () => {
    const text = "## Measure *first*\n\ntext\n\n### `p99`\n\n```\n## no\n```\n\nSetext\n---";
    expect(headingsIn(readProse(text))).toEqual(["Measure first", "p99", "Setext"]);
  });

  it("is passages with their lines, in which links and code are covered", () => {
    const text = "## Try\n\n- A [graph](concept:hnsw)\n  of `efSearch` knobs\n- 1 % of it";
    expect(readProse(text)).toEqual({
      links: [{ text: "graph", scheme: "concept", target: "hnsw", line: 3 }],
      passages: [
        { is: "heading", line: 1, text: "Try", open: "Try" },
        { is: "paragraph", line: 3, text: "A graph\nof efSearch knobs", open: "A \u0000\nof \u0000 knobs" },
        { is: "paragraph", line: 5, text: "1 % of it", open: "1 % of it" },
      ],
    });
  });

  it("reads the same without markup, whether it is parsed or not", () => {
    expect(readProse("One sentence, no more.").passages).toEqual(readProse("One sentence, no more.\n").passages);
    expect(readProse("1. One").passages).toEqual([{ is: "paragraph", line: 1, text: "One", open: "One" }]);
  });

  it("has words of headings and of link texts, and none of code blocks or signs alone", () => {
    expect(
      wordsIn(readProse("## Two words\n\n- [104 ms](measurement:a/b) – at\\\nmost\n\n```\nnot these\n```")),
    ).toEqual(["Two", "words", "104", "ms", "at", "most"]);
  });
});
