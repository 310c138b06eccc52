import { parse } from "graphql";
import { checkDocument, checkVariables } from "../../../src/graphql/limits/document-limits";
import type { DocumentSize } from "../../../src/graphql/limits/document-size";
import { anonymousLimits, holderLimits, type Limits, limitsOf } from "../../../src/graphql/limits/limits";
import { anonymous } from "../../../src/domain/access/principal";

describe("the limits of a document", () => {
  const text =
    "query A { a { b { c: d @x } } __typename } mutation B { e f ...g } fragment g on M { h __schema { i } }";
  const size: DocumentSize = {
    depth: 2,
    aliases: 1,
    rootFields: 4,
    directives: 1,
    operations: 2,
    recursiveSelections: 10,
    mutations: 4,
    introspections: 1,
  };
  const found = (limits: Partial<Limits>) =>
    checkDocument(parse(text), { ...anonymousLimits, ...size, ...limits }).map(({ message, extensions }) => ({
      message,
      extensions,
    }));

  it("let through what just fits", () => expect(found({})).toEqual([]));

  it.each<[keyof DocumentSize, string]>([
    ["depth", "nested too deeply: 2 of at most 1."],
    ["aliases", "too many aliases: 1 of at most 0."],
    ["rootFields", "too many fields at its root: 4 of at most 3."],
    ["directives", "too many directives: 1 of at most 0."],
    ["operations", "too many operations: 2 of at most 1."],
    ["recursiveSelections", "too many selections, its fragments written out: 10 of at most 9."],
    ["mutations", "too many mutations: 4 of at most 3."],
    ["introspections", "asks the schema about itself too often: 1 of at most 0."],
  ])("refuse what is over the one of %s, and name the number", (measure, message) => {
    const limit = size[measure] - 1;
    expect(found({ [measure]: limit })).toEqual([
      {
        message: expect.stringContaining(message) as string,
        extensions: { code: "OPERATION_TOO_COMPLEX", limit, http: { status: 400 } },
      },
    ]);
  });

  it("tell of each that it is over", () => {
    expect(found({ aliases: 0, depth: 0 }).map(({ extensions }) => extensions["limit"])).toEqual([0, 0]);
  });
});

describe("the limits of variables", () => {
  const limits = { depth: 2, keys: 3, listLength: 2, longListLength: 3, stringLength: 4 };
  const refusal = (variables: Readonly<Record<string, unknown>>) => {
    try {
      checkVariables(variables, limits);
      return null;
    } catch (error) {
      const { message, extensions } = error as { message: string; extensions: Record<string, unknown> };
      return { message, code: extensions["code"], limit: extensions["limit"] };
    }
  };
  const half = "\ud83d";

  it.each<[string, Record<string, unknown>]>([
    ["nothing", {}],
    ["values that are no text", { a: null, b: undefined, c: 12_345 }],
    ["a text of the longest", { a: "1234", b: "\u{1f600}", c: true }],
    ["lists of the longest, whose items are no keys", { a: [1, 2], b: [3, 4], c: [] }],
    ["what a person has behind them", { seen: [1, 2, 3], known: [1, 2, 3] }],
    ["the deepest", { a: { b: { c: 1 } } }],
    ["the deepest list", { a: [[1]] }],
  ])("let through %s", (_, variables) => {
    expect(refusal(variables)).toBeNull();
  });

  it.each<[string, Record<string, unknown>, string, number | undefined]>([
    ["a longer text", { a: "12345" }, "A variable holds a text of 5 characters, of at most 4.", 4],
    ["a longer text deep inside", { a: [{ b: "12345" }] }, "A variable holds a text of 5 characters, of at most 4.", 4],
    ["half of a pair", { a: half }, "A variable holds half of a surrogate pair, which is no text.", undefined],
    [
      "half of a pair in a name",
      { a: { [half]: 1 } },
      "A variable holds half of a surrogate pair, which is no text.",
      undefined,
    ],
    ["a longer list", { a: [1, 2, 3] }, "A variable holds a list of 3 items, of at most 2.", 2],
    ["a longer list of what was seen", { seen: [1, 2, 3, 4] }, "A variable holds a list of 4 items, of at most 3.", 3],
    [
      "a longer list inside of what was seen",
      { seen: [[1, 2, 3]] },
      "A variable holds a list of 3 items, of at most 2.",
      2,
    ],
    ["more keys", { a: 1, b: 2, c: 3, d: 4 }, "The variables hold more than 3 keys.", 3],
    ["more keys, here and there", { a: { b: 1 }, c: { d: 1 } }, "The variables hold more than 3 keys.", 3],
    ["what is deeper", { a: { b: { c: {} } } }, "A variable is nested more than 2 levels deep.", 2],
    ["a deeper list", { a: [[[]]] }, "A variable is nested more than 2 levels deep.", 2],
  ])("refuse %s", (_, variables, message, limit) => {
    expect(refusal(variables)).toEqual({ message, code: "BAD_USER_INPUT", limit });
  });

  it("can be as deep as memory without exhausting the stack", () => {
    const deep = JSON.parse(`${"[".repeat(100_000)}${"]".repeat(100_000)}`) as unknown;
    expect(() => checkVariables({ deep }, { ...limits, depth: 1_000_000 })).not.toThrow();
  });
});

it("whoever has a credential has wider limits", () => {
  expect(limitsOf(anonymous)).toBe(anonymousLimits);
  expect(limitsOf({ ...anonymous, role: "AUTHOR" })).toBe(holderLimits);
});
