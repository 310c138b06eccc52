import fc from "fast-check";
import { highlightOf, type Piece } from "../../src/search/highlight";

const field = { name: "summary", place: "brief", spoiler: false } as const;
const highlighted = (text: unknown, ...terms: string[]) => highlightOf(field, text, (term) => terms.includes(term));
/** Marked as [so]. */
const shown = (pieces: readonly Piece[] | undefined) =>
  pieces?.map(({ text, isMatch }) => (isMatch ? `[${text}]` : text)).join("");

describe("a highlight", () => {
  it.each([
    ["the whole of a short text", "A cache of hashes.", "A [cache] of hashes."],
    ["what is written together as one", "An INT-8 cache", "An [INT-8] [cache]"],
    ["links and code as they read", "A [cache](concept:cache) in `hash`.", "A [cache] in hash."],
    ["HTML as the text that it is", "<b>cache</b> & co", "<b>[cache]</b> & co"],
  ])("shows %s", (_name, text, expected) => {
    expect(shown(highlighted(text, "cache", "int8")?.pieces)).toBe(expected);
  });

  it("is there only where something was found", () => {
    expect(highlighted("A hash.", "cache")).toBeNull();
    expect(highlighted(undefined, "cache")).toBeNull();
  });

  it("takes of a list the text with the most in it", () => {
    expect(shown(highlighted(["a cache", "cache of caches", "x"], "cache", "caches")?.pieces)).toBe(
      "[cache] of [caches]",
    );
  });

  it("cuts a long text at blanks, around where most is marked", () => {
    const passage = shown(
      highlighted(`${"word ".repeat(100)}cache hash cache ${"tail ".repeat(100)}cache`, "cache")?.pieces,
    );
    expect(passage).toMatch(/^… (word )+\[cache\] hash \[cache\] (tail )+tail …$/);
    expect(passage?.length).toBeLessThan(270);
  });

  it("never cuts a surrogate pair, and loses nothing of what it shows", () => {
    const text = fc.array(fc.constantFrom("cache", "😀", "𝕊𝕊", " ", "\n", "ﬃ", "<i>", "e\u0301", "-"), {
      maxLength: 200,
    });
    fc.assert(
      fc.property(text, (parts) => {
        const whole = parts.join("");
        const pieces = highlighted(whole, "cache")?.pieces ?? [];
        for (const piece of pieces) expect(piece.text.isWellFormed()).toBe(true);
        const passage = pieces
          .map((piece) => piece.text)
          .join("")
          .replace(/^… | …$/g, "");
        expect(whole).toContain(passage);
      }),
      { seed: 9, numRuns: 300 },
    );
  });
});
