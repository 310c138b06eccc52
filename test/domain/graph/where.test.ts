import { anyLimit, assertWhere, type Where } from "../../../src/domain/graph/where";

const refusal = (where: Where, kind: Parameters<typeof assertWhere>[1] = "Question"): string | null => {
  try {
    assertWhere(where, kind);
    return null;
  } catch (error) {
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT" });
    return (error as Error).message;
  }
};

describe("a filter", () => {
  const good = { field: "difficulty", in: ["EASY"] };

  it("is about indexed fields and edge relations of its kind", () => {
    expect(refusal({})).toBeNull();
    expect(
      refusal({
        and: [good],
        any: [[{ relation: "Question.concepts", in: [] }], []],
        not: [{ relation: "Question.roles", all: [] }],
      }),
    ).toBeNull();
  });

  it.each(["prompt", "hints", "nothing", "id", "slug", "constructor"])("cannot be about %s", (field) => {
    const clause = { field, in: ["x"] };
    for (const where of [{ and: [good, clause] }, { any: [[good], [good, clause]] }, { not: [clause] }]) {
      expect(refusal(where)).toBe(`Question cannot be filtered by ${JSON.stringify(field)}.`);
    }
  });

  it("cannot be about another kind's relations, derived ones, or ones that there are not", () => {
    expect(refusal({ and: [{ relation: "Concept.questions", in: [] }] })).toContain("Concept.questions");
    expect(refusal({ and: [{ relation: "TradeOff.benchmarks", in: [] }] }, "TradeOff")).toContain(
      "TradeOff.benchmarks",
    );
    expect(refusal({ and: [{ relation: "Question.nothing" as "Question.roles", in: [] }] })).toContain(
      "Question.nothing",
    );
    expect(refusal({ and: [{ relation: "constructor" as "Question.roles", in: [] }] })).toContain("constructor");
  });

  it("has at most eight groups of which one must hold", () => {
    const groups = (count: number): Where => ({ any: Array.from({ length: count }, () => [good]) });
    expect(anyLimit).toBe(8);
    expect(refusal(groups(8))).toBeNull();
    expect(refusal(groups(9))).toBe('"any" takes at most 8 groups.');
  });
});
