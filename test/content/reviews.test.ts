import { parseReviews, questionHashes, reviewState } from "../../src/content/reviews";
import { readTexts, sampleTexts, sampleWith } from "./sample-bank";

const header = "slug,content hash,verdict,fault found";
const hashOf = (texts: typeof sampleTexts) => questionHashes(readTexts(texts)).get("exact-or-not");

describe("the content hash of a question", () => {
  it("stays when only the form of its file changes", () => {
    const shuffled = sampleWith("questions/exact-or-not.md", "difficulty: MEDIUM\n", "difficulty:   'MEDIUM'\n\n");
    expect(hashOf(shuffled)).toBe(hashOf(sampleTexts));
    expect(hashOf(sampleTexts)).toMatch(/^[0-9a-f]{16}$/);
  });

  it.each([
    ["a text", "a tight tail", "a loose tail"],
    ["a field", "difficulty: MEDIUM", "difficulty: HARD"],
    ["a link", "reason: The question turns on it.", "reason: All turns on it."],
  ])("changes with %s", (_, passage, replacement) => {
    expect(hashOf(sampleWith("questions/exact-or-not.md", passage, replacement))).not.toBe(hashOf(sampleTexts));
  });
});

describe("reviews", () => {
  it("are read with quoted faults", () => {
    const csv = `${header}\na-b,0123456789abcdef,mended,"said ""5 ms"", is 6"\nc,fedcba9876543210,sound,\n`;
    expect(parseReviews(csv)).toEqual({
      reviews: [
        { slug: "a-b", hash: "0123456789abcdef", verdict: "mended", fault: 'said "5 ms", is 6', line: 2 },
        { slug: "c", hash: "fedcba9876543210", verdict: "sound", fault: "", line: 3 },
      ],
      faults: [],
    });
  });

  it.each([
    ["slug,verdict\n", "line 1: The header must be: slug,content hash,verdict,fault found"],
    [`${header}\na,abc,sound,\n`, "line 2: Not a slug, a hash of 16 digits, a verdict and a fault: a,abc,sound,"],
    [
      `${header}\na,0123456789abcdef,sound,x,y\n`,
      "line 2: Not a slug, a hash of 16 digits, a verdict and a fault: a,0123456789abcdef,sound,x,y",
    ],
  ])("that cannot be read are faults: %j", (csv, fault) => {
    expect(parseReviews(csv)).toEqual({ reviews: [], faults: [fault] });
  });

  it("are current while the text is that which was read, and count once a question", () => {
    const { reviews } = parseReviews(
      `${header}\na,${"1".repeat(16)},sound,\na,${"2".repeat(16)},sound,\nb,${"1".repeat(16)},weak,x\nb,${"1".repeat(16)},weak,x\ngone,${"1".repeat(16)},sound,\n`,
    );
    const hashes = new Map([
      ["a", "2".repeat(16)],
      ["b", "3".repeat(16)],
    ]);
    const { current, stale, outdated } = reviewState(reviews, hashes);
    expect([current, stale]).toEqual([1, 2]);
    expect(outdated.map(({ slug, line }) => [slug, line])).toEqual([
      ["b", 5],
      ["gone", 6],
    ]);
  });
});
