import { getIntrospectionQuery, Kind, parse } from "graphql";
import { buildSchema } from "../../src/graphql/build-schema";
import { checkDocument } from "../../src/graphql/limits/document-limits";
import { anonymousLimits } from "../../src/graphql/limits/limits";
import { operationCost } from "../../src/graphql/limits/operation-cost";
import { type Api, anApi } from "./api";
import { denseBank } from "./dense-bank";

const times = (count: number, text: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => text(i)).join(" ");

/** `levels` fields with a selection below a topic. */
const nested = (levels: number): string => (levels === 0 ? "{ slug }" : `{ parent ${nested(levels - 1)} }`);

/** A document of `selections` selections once its fragment is written out, which takes four times a hundred and one. */
const spread = (selections: number): string =>
  `{ concept(slug: "c-0") { ${times(4, () => "...f")} ${times(selections - 405, () => "slug")} } } fragment f on Concept { ${times(100, () => "slug")} }`;

const limitOf: Readonly<Record<string, unknown>> = {
  ...anonymousLimits,
  "root fields": anonymousLimits.rootFields,
  "root fields in fragments": anonymousLimits.rootFields,
  "recursive selections": anonymousLimits.recursiveSelections,
  introspection: anonymousLimits.introspections,
};

describe("limits", () => {
  let api: Api;
  beforeAll(async () => {
    api = await anApi(denseBank(2));
  });

  it.each<[string, string, string]>([
    ["depth", `{ topic(slug: "topic-0") ${nested(11)} }`, `{ topic(slug: "topic-0") ${nested(12)} }`],
    [
      "aliases",
      `{ concept(slug: "c-0") { ${times(30, (i) => `a${i}: slug`)} } }`,
      `{ concept(slug: "c-0") { ${times(31, (i) => `a${i}: slug`)} } }`,
    ],
    ["root fields", `{ ${times(10, (i) => `a${i}: __typename`)} }`, `{ ${times(11, (i) => `a${i}: __typename`)} }`],
    [
      "root fields in fragments",
      `{ ...f } fragment f on Query { ${times(10, (i) => `a${i}: __typename`)} }`,
      `{ __typename ...f } fragment f on Query { ${times(10, (i) => `a${i}: __typename`)} }`,
    ],
    [
      "directives",
      `{ concept(slug: "c-0") { ${times(20, () => "slug @include(if: true)")} } }`,
      `{ concept(slug: "c-0") { ${times(21, () => "slug @include(if: true)")} } }`,
    ],
    [
      "operations",
      `query Q { __typename } ${times(4, (i) => `query A${i} { __typename }`)}`,
      `query Q { __typename } ${times(5, (i) => `query A${i} { __typename }`)}`,
    ],
    ["recursive selections", spread(500), spread(501)],
    [
      "introspection",
      '{ __schema { description } __type(name: "Query") { name } }',
      '{ __schema { description } a: __type(name: "Query") { name } b: __type(name: "Query") { name } }',
    ],
    [
      "cost",
      "{ questions(first: 100) { nodes { concepts { node { questions(first: 10) { nodes { slug } } } } } } }",
      "{ questions(first: 100) { nodes { concepts { node { questions(first: 12) { nodes { slug } } } } } } }",
    ],
  ])("hold %s, exactly, and name the number", async (name, allowed, refused) => {
    const operationName = allowed.startsWith("query Q") ? "Q" : undefined;
    expect((await api.ask(allowed, {}, operationName)).errors).toBeUndefined();
    const { errors, calls } = await api.ask(refused, {}, operationName);
    const limit = limitOf[name] as number;
    const cost = name === "cost" ? { cost: 5_701 } : {};
    expect(errors?.map((error) => error.extensions)).toEqual([{ code: "OPERATION_TOO_COMPLEX", limit, ...cost }]);
    expect(errors?.[0]?.message).toContain(String(limit));
    expect(calls).toEqual([]);
  });

  it("hold tokens and characters, and name the number", async () => {
    const tooMany = await api.ask(`{ ${"a ".repeat(anonymousLimits.tokens)} }`);
    const tooLong = await api.ask(`{ __typename } #${"x".repeat(anonymousLimits.sourceLength)}`);
    const messages = [tooMany, tooLong].flatMap(({ errors }) => errors ?? []).map(({ message }) => message);
    expect(messages).toEqual([expect.stringContaining("1000 tokens"), expect.stringContaining("16000 UTF-16")]);
    for (const { errors } of [tooMany, tooLong])
      expect(errors?.map((error) => error.extensions)).toEqual([{ code: "GRAPHQL_PARSE_FAILED" }]);
  });

  it("tell of every one that a document is over, and leave it at that", async () => {
    const { errors } = await api.ask(`{ ${times(31, (i) => `a${i}: nothing`)} }`);
    expect(errors?.map((error) => error.message)).toEqual([
      "The document has too many aliases: 31 of at most 30.",
      "An operation has too many fields at its root: 31 of at most 10.",
    ]);
  });

  it("refuse a document again that was refused before", async () => {
    const document = `{ topic(slug: "topic-0") ${nested(12)} }`;
    expect(await api.code(document)).toBe("OPERATION_TOO_COMPLEX");
    expect(await api.code(document)).toBe("OPERATION_TOO_COMPLEX");
  });

  it("let a cycle of fragments pass to validation", async () => {
    expect(
      await api.code(
        "{ concept { ...a } } fragment a on Concept { related { node { ...b } } } fragment b on Concept { ...a }",
      ),
    ).toBe("GRAPHQL_VALIDATION_FAILED");
  });

  it("let the schema describe itself in full", async () => {
    const { data, errors } = await api.ask<{ __schema: { types: readonly object[] } }>(
      getIntrospectionQuery({ schemaDescription: true, specifiedByUrl: true, inputValueDeprecation: true }),
    );
    expect(errors).toBeUndefined();
    expect(data.__schema.types.length).toBeGreaterThan(100);
  });

  it("hold mutations", () => {
    const messages = (text: string) => checkDocument(parse(text), anonymousLimits).map((error) => error.message);
    expect(messages("mutation { a }")).toEqual([]);
    expect(messages("mutation { ...f } fragment f on Mutation { a b }")).toEqual([
      "The document has too many mutations: 2 of at most 1.",
    ]);
    expect(messages("{ a b }")).toEqual([]);
  });

  describe("of variables", () => {
    const echo =
      "query ($where: QuestionWhere, $ids: [ID!]) { questions(where: $where) { totalCount } nodes(ids: $ids) { id } }";
    const deep = (levels: number): unknown => (levels === 0 ? 1 : { not: deep(levels - 1) });
    it.each<[string, unknown, number | null]>([
      ["depth", { where: deep(11) }, 10],
      [
        "a depth that would exhaust the stack",
        { where: JSON.parse(`${"[".repeat(20_000)}${"]".repeat(20_000)}`) as unknown },
        10,
      ],
      ["keys", { where: Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`k${i}`, 1])) }, 1_000],
      ["list length", { ids: Array.from({ length: 251 }, () => "Concept:c-0") }, 250],
      ["text length", { ids: ["x".repeat(20_001)] }, 20_000],
      ["what is no text", { ids: ["half of a pair: \ud83d"] }, null],
      ["a name that is no text", { where: { "\udc00": 1 } }, null],
    ])("hold %s", async (_, variables, limit) => {
      const { errors, calls } = await api.ask(echo.replace("[ID!]", "[ID!]!"), variables as Record<string, unknown>);
      expect(errors?.map((error) => error.extensions)).toEqual([{ code: "BAD_USER_INPUT", ...(limit && { limit }) }]);
      expect(errors?.[0]?.message).toMatch(/^(A variable|The variables) /);
      expect(errors?.[0]?.message).toContain(limit ? String(limit) : "half of a surrogate pair");
      expect(calls).toEqual([]);
    });

    it("let through what is within", async () => {
      const { errors } = await api.ask("query ($where: QuestionWhere) { questions(where: $where) { totalCount } }", {
        where: { title: Array.from({ length: 250 }, (_, i) => `Title ${i}`) },
      });
      expect(errors).toBeUndefined();
    });
  });
});

describe("the cost of an operation", () => {
  const cost = (text: string, variables: Record<string, unknown> = {}): number => {
    const document = parse(text);
    const [operation] = document.definitions;
    if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error("The operation must come first.");
    return operationCost(buildSchema(), document, operation, variables).whole;
  };

  it.each([
    ["leaves, as a request costs something", "{ __typename }", 1],
    ["an object", '{ question(slug: "a") { title prompt } }', 1],
    [
      "a list of links, by its typical length, whose wrapper is free",
      '{ question(slug: "a") { concepts { reason node { title } } } }',
      1 + 4,
    ],
    [
      "what hangs on a list",
      '{ question(slug: "a") { concepts { node { sources { node { url } } } } } }',
      1 + 4 * (1 + 2),
    ],
    [
      "a connection, by its page and as one more, whose wrappers are free",
      "{ questions(first: 7) { edges { node { title } } pageInfo { endCursor } totalCount } }",
      1 + 7,
    ],
    ["a connection of default length", "{ questions { nodes { title } } }", 1 + 20],
    ["a page from the end", "{ questions(last: 3) { nodes { title } } }", 1 + 3],
    ["nodes by their number", '{ nodes(ids: ["a", "b", "c"]) { id } }', 3],
    ["facets by their number", "{ questions(first: 1) { facets(by: ROLES, first: 5) { count } } }", 1 + 1 + 5],
    [
      "a fragment wherever it is spread",
      '{ a: question(slug: "a") { ...f } b: question(slug: "b") { ...f } } fragment f on Question { roles { title } }',
      2 * (1 + 3),
    ],
    ["an inline fragment by its type", '{ node(id: "a") { ... on Question { roles { title } } ... { id } } }', 1 + 3],
    ["what only asks for the schema", "{ __schema { queryType { name } } }", 1],
  ])("counts %s", (_, text, expected) => {
    expect(cost(text)).toBe(expected);
  });

  it("depends on the variables", () => {
    const text =
      "query ($n: Int, $with: Boolean!, $without: Boolean!) { questions(first: $n) { nodes { roles @include(if: $with) { id } tools @skip(if: $without) { node { id } } } } }";
    expect(cost(text, { n: 2, with: false, without: true })).toBe(1 + 2);
    expect(cost(text, { n: 50, with: true, without: false })).toBe(1 + 50 * (1 + 3 + 3));
  });
});
