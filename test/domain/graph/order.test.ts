import fc from "fast-check";
import type { GraphNode } from "../../../src/domain/graph/node";
import {
  assertOrder,
  byId,
  byPosition,
  comparePositions,
  compareText,
  defaultOrder,
  type Direction,
  enumRank,
  indexedFields,
  type Position,
  positionOfLink,
  positionOfNode,
} from "../../../src/domain/graph/order";
import { relations } from "../../../src/domain/ontology/relations";
import { codePoints, compare } from "../../contract/naive-order";

const anyText = fc.string({
  unit: fc.constantFrom("a", "b", "Z", "ä", "\ud7ff", "\ue000", "\uffff", "\u{10000}", "𝒜", "\u{10ffff}"),
  maxLength: 5,
});
const positions: fc.Arbitrary<Position> = fc.record({
  value: fc.option(fc.constantFrom<string | number>(...[0, 1, -1, 2.5, 100]), { nil: null, freq: 3 }),
  id: anyText,
});
const directions = fc.constantFrom<Direction>("ASC", "DESC");

describe("texts", () => {
  it("compare as arrays of their code points do", () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        expect(Math.sign(compareText(a, b))).toBe(Math.sign(compare(codePoints(a), codePoints(b))));
      }),
      { seed: 1, numRuns: 2_000 },
    );
  });

  it("compare so for any characters", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (a, b) => {
        expect(Math.sign(compareText(a, b))).toBe(Math.sign(compare(codePoints(a), codePoints(b))));
      }),
      { seed: 2, numRuns: 2_000 },
    );
  });

  it("beyond the basic plane come after all others", () => {
    expect(["👩", "ﬀ", "\uffff", "z", "𝒜"].sort(compareText)).toEqual(["z", "ﬀ", "\uffff", "𝒜", "👩"]);
  });
});

describe("positions", () => {
  const sign = (a: Position, b: Position, direction: Direction) => Math.sign(comparePositions(a, b, direction)) + 0;

  it("have a total order in both directions", () => {
    fc.assert(
      fc.property(positions, positions, positions, directions, (a, b, c, direction) => {
        expect(sign(a, a, direction)).toBe(0);
        expect(sign(a, b, direction) + sign(b, a, direction)).toBe(0);
        if (sign(a, b, direction) <= 0 && sign(b, c, direction) <= 0)
          expect(sign(a, c, direction)).toBeLessThanOrEqual(0);
        if (a.id !== b.id) expect(sign(a, b, direction)).not.toBe(0);
      }),
      { seed: 3, numRuns: 2_000 },
    );
  });

  it("without a value come last in both directions, and ties turn with the direction", () => {
    const place = (value: Position["value"], id: string): Position => ({ value, id });
    const all = [place(null, "a"), place(2, "a"), place(1, "b"), place(1, "a"), place(null, "b")];
    const sorted = (direction: Direction) =>
      [...all].sort((a, b) => comparePositions(a, b, direction)).map(({ value, id }) => `${value}${id}`);
    expect(sorted("ASC")).toEqual(["1a", "1b", "2a", "nulla", "nullb"]);
    expect(sorted("DESC")).toEqual(["2a", "1b", "1a", "nullb", "nulla"]);
  });

  it("compare texts as texts, before ids", () => {
    const sign = (a: string, b: string) =>
      Math.sign(comparePositions({ value: a, id: "b" }, { value: b, id: "a" }, "ASC"));
    expect([sign("ant", "bee"), sign("bee", "ant"), sign("ant", "ant")]).toEqual([-1, 1, 1]);
  });

  it("compare numbers as numbers", () => {
    expect(comparePositions({ value: 9, id: "a" }, { value: 10, id: "a" }, "ASC")).toBeLessThan(0);
  });
});

describe("the place of a node", () => {
  const question = {
    id: "Question:q",
    kind: "Question",
    slug: "q",
    changedIn: 1,
    title: "Scan",
    difficulty: "HARD",
    format: "TECHNICAL",
  } as unknown as GraphNode;

  it("is its value, an enum's rank, or nothing", () => {
    expect(positionOfNode(question, { by: "title", direction: "ASC" })).toEqual({ value: "Scan", id: "Question:q" });
    expect(positionOfNode(question, { by: "difficulty", direction: "ASC" })).toEqual({ value: 2, id: "Question:q" });
    expect(positionOfNode(question, { by: "estimatedMinutes", direction: "ASC" })).toEqual({
      value: null,
      id: "Question:q",
    });
    expect(positionOfNode(question, byId)).toEqual({ value: null, id: "Question:q" });
  });

  it("among links may be the link's", () => {
    const link = { node: question, properties: {}, position: 4 };
    expect(positionOfLink(link, byPosition)).toEqual({ value: 4, id: "Question:q" });
    expect(positionOfLink(link, { by: "difficulty", direction: "DESC" })).toEqual({ value: 2, id: "Question:q" });
  });

  it("by an enum is the rank of the ontology's list", () => {
    expect(["EASY", "MEDIUM", "HARD"].map((value) => enumRank({ EASY: "", MEDIUM: "", HARD: "" }, value))).toEqual([
      0, 1, 2,
    ]);
  });
});

describe("an order", () => {
  const allowed = (by: string, ...rest: Parameters<typeof assertOrder> extends [unknown, ...infer R] ? R : never) => {
    try {
      assertOrder({ by, direction: "ASC" }, ...rest);
      return true;
    } catch (error) {
      expect(error).toMatchObject({ code: "INVALID_ARGUMENT" });
      return false;
    }
  };

  it("of a list is by id or an indexed field of its kind", () => {
    expect(indexedFields("Question")).toEqual(["title", "format", "difficulty", "estimatedMinutes", "practicedCount"]);
    for (const by of ["id", ...indexedFields("Question")]) expect(allowed(by, ["Question"])).toBe(true);
    for (const by of ["position", "prompt", "hints", "slug", "", "constructor"])
      expect(allowed(by, ["Question"])).toBe(false);
  });

  it("of links may be by position where the relation is ordered from this end", () => {
    expect(allowed("position", ["Question"], relations["Topic.questions"])).toBe(true);
    expect(allowed("prompt", ["Question"], relations["Topic.questions"])).toBe(false);
    expect(allowed("position", ["Topic"], relations["Question.topics"])).toBe(false);
    expect(allowed("position", ["Benchmark"], relations["TradeOff.benchmarks"])).toBe(false);
    expect(allowed("title", ["Benchmark"], relations["TradeOff.benchmarks"])).toBe(true);
  });

  it("of links to several kinds is by id alone", () => {
    const { targets } = relations["Question.mentions"];
    expect(allowed("id", targets, relations["Question.mentions"])).toBe(true);
    expect(allowed("title", targets, relations["Question.mentions"])).toBe(false);
  });

  it("is by position for ordered relations and by id for others, unless another is asked for", () => {
    expect(defaultOrder(relations["Topic.subtopics"])).toBe(byPosition);
    expect(defaultOrder(relations["Topic.parent"])).toBe(byId);
    expect(defaultOrder(relations["Question.concepts"])).toBe(byId);
    expect(defaultOrder(relations["Tool.benchmarks"])).toBe(byId);
  });
});
