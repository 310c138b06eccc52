import fc from "fast-check";
import { compareText } from "../../../src/domain/graph/order";
import { sortableText } from "../../../src/store/neo4j/order-keys";

const byUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byByte = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
const anyCharacter = fc.oneof(
  fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
  fc.constantFrom("a", "\ud7fc", "\ud7fd", "\ud7fe", "\ud7ff", "\ue000", "ﬀ", "\uffff", "\u{10000}", "𝒜", "\u{10ffff}"),
);

const text = fc.array(anyCharacter, { maxLength: 5 }).map((characters) => characters.join(""));

it("texts compare by UTF-16 unit and by byte as they do by code point", () => {
  fc.assert(
    fc.property(text, text, (a, b) => {
      const expected = Math.sign(compareText(a, b));
      expect(Math.sign(byUnit(sortableText(a), sortableText(b)))).toBe(expected);
      expect(Math.sign(byByte(sortableText(a), sortableText(b)))).toBe(expected);
    }),
    { seed: 1, numRuns: 5_000 },
  );
});

it("texts without rare characters stay as they are", () => {
  expect(sortableText("Äpfel, 日本 and p99 ≤ 5 ms")).toBe("Äpfel, 日本 and p99 ≤ 5 ms");
});
