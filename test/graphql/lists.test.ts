import { globalId } from "../../src/domain/ids";
import { commit, id, renaming } from "../builders/changes";
import { aLink } from "../builders/links";
import { aConcept, aQuestion, aRole } from "../builders/nodes";
import { type Api, anApi, type Page } from "./api";

interface Questions {
  readonly questions: Page;
}

const bank = [
  aRole({ slug: "backend", title: "Backend engineer" }),
  aRole({ slug: "data", title: "Data engineer" }),
  aConcept({ slug: "recall", title: "Recall" }),
  aQuestion({ slug: "a", title: "Alpha", difficulty: "HARD", practicedCount: 5 }),
  aQuestion({ slug: "b", title: "beta", difficulty: "EASY", format: "SYSTEM_DESIGN" }),
  aQuestion({ slug: "c", title: "Gamma", difficulty: "MEDIUM", practicedCount: 9 }),
  aQuestion({ slug: "d", title: "Delta", difficulty: "EASY", practicedCount: 7 }),
  aLink("ASKED_OF", "Question:a", "Role:backend"),
  aLink("ASKED_OF", "Question:a", "Role:data"),
  aLink("ASKED_OF", "Question:b", "Role:backend"),
  aLink("ASKED_OF", "Question:d", "Role:data"),
  aLink("ABOUT", "Question:a", "Concept:recall"),
];

describe("a root list", () => {
  let api: Api;
  beforeAll(async () => {
    api = await anApi(bank);
    await commit(api.store, [renaming("Role:data", "data-engineer")]);
  });
  const slugs = async (args: string, variables = {}, header = "") => {
    const data = await api.data<Questions>(`${header} { questions${args} { nodes { slug } } }`, variables);
    return data.questions.nodes.map((node) => node.slug).join("");
  };

  it.each([
    ["all, by id", "", "abcd"],
    ["one value of an enum", "(where: {difficulty: [EASY]})", "bd"],
    ["any of several values", "(where: {difficulty: [EASY, HARD]})", "abd"],
    ["an empty list of values", "(where: {difficulty: []})", ""],
    ["two fields at once", "(where: {difficulty: [EASY], format: [SYSTEM_DESIGN]})", "b"],
    ["linked to one of the nodes", '(where: {roles: {in: ["Role:backend", "Role:data-engineer"]}})', "abd"],
    ["linked to each of the nodes", '(where: {roles: {all: ["Role:backend", "Role:data-engineer"]}})', "a"],
    ["a former slug in a filter", '(where: {roles: {in: ["Role:data"]}})', "ad"],
    ["a global ID in a filter", `(where: {concepts: {in: ["${globalId(id("Concept:recall"))}"]}})`, "a"],
    ["a node that does not exist", '(where: {concepts: {in: ["Concept:absent"]}})', ""],
    ["not, absent values included", "(where: {not: {practicedCount: [5]}})", "bcd"],
    [
      "not, as all of its conditions at once",
      '(where: {not: {difficulty: [EASY], roles: {in: ["Role:data"]}}})',
      "abc",
    ],
    ["a not without conditions", "(where: {not: {}})", "abcd"],
    ["any of two groups", "(where: {any: [{difficulty: [HARD]}, {format: [SYSTEM_DESIGN]}]})", "ab"],
    ["a filter of nulls", "(where: {difficulty: null, roles: null, any: null, not: null})", "abcd"],
    ["an order by rank", "(orderBy: {field: DIFFICULTY})", "bdca"],
    ["an order by code point", "(orderBy: {field: TITLE})", "adcb"],
    ["absent values last", "(orderBy: {field: PRACTICED_COUNT})", "adcb"],
    ["absent values last, descending", "(orderBy: {field: PRACTICED_COUNT, direction: DESC})", "cdab"],
    ["the last ones, in the list's order", "(last: 2)", "cd"],
  ])("gives %s", async (_, args, expected) => {
    expect(await slugs(args)).toBe(expected);
  });

  it("is walked forward and back by its cursors, under its order and filter", async () => {
    const list = "where: {not: {format: [SYSTEM_DESIGN]}}, orderBy: {field: PRACTICED_COUNT, direction: DESC}";
    const page = async (args: string) =>
      (
        await api.data<Questions>(
          `{ questions(${list}, ${args}) { edges { cursor node { slug } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
        )
      ).questions;
    const first = await page("first: 2");
    expect(first.edges.map((edge) => edge.node.slug)).toEqual(["c", "d"]);
    expect(first.pageInfo).toEqual({
      hasNextPage: true,
      hasPreviousPage: false,
      startCursor: first.edges[0]?.cursor,
      endCursor: first.edges[1]?.cursor,
    });
    const second = await page(`first: 2, after: "${first.pageInfo.endCursor}"`);
    expect(second.edges.map((edge) => edge.node.slug)).toEqual(["a"]);
    expect(second.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const back = await page(`last: 1, before: "${second.pageInfo.startCursor}"`);
    expect(back.edges.map((edge) => edge.node.slug)).toEqual(["d"]);
    expect(back.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
  });

  it("has null cursors on an empty page", async () => {
    const { questions } = await api.data<Questions>(
      "{ questions(where: {difficulty: []}) { totalCount pageInfo { startCursor endCursor } } }",
    );
    expect(questions).toEqual({ totalCount: 0, pageInfo: { startCursor: null, endCursor: null } });
  });

  it("takes equal filters as one list, whatever the order in which they are written", async () => {
    const { questions } = await api.data<Questions>(
      "{ questions(first: 1, where: {difficulty: [EASY, HARD], format: [TECHNICAL]}) { pageInfo { endCursor } } }",
    );
    const cursor = questions.pageInfo.endCursor;
    expect(await slugs(`(after: "${cursor}", where: {format: [TECHNICAL], difficulty: [EASY, HARD]})`)).toBe("d");
  });

  it("counts the whole list, and only when asked to", async () => {
    const counted = await api.ask("{ questions(first: 1, where: {difficulty: [EASY]}) { totalCount nodes { slug } } }");
    expect(counted.data).toHaveProperty("questions", { totalCount: 2, nodes: [{ slug: "b" }] });
    expect(counted.calls).toEqual(["list", "count"]);
    expect((await api.ask("{ questions(first: 1) { nodes { slug } } }")).calls).toEqual(["list"]);
  });

  it("has facets by enum fields and by relations, over the filtered list", async () => {
    const data = await api.data(`{ questions(first: 1, where: {not: {format: [SYSTEM_DESIGN]}}) {
      byDifficulty: facets(by: DIFFICULTY) { value count node { id } }
      byRole: facets(by: ROLES) { value count node { slug ... on Role { title } } }
      most: facets(by: ROLES, first: 1) { count }
    } }`);
    expect(data).toHaveProperty(
      "questions.byDifficulty",
      ["EASY", "HARD", "MEDIUM"].map((value) => ({ value, count: 1, node: null })),
    );
    expect(data).toHaveProperty("questions.byRole", [
      { value: globalId(id("Role:data")), count: 2, node: { slug: "data-engineer", title: "Data engineer" } },
      { value: globalId(id("Role:backend")), count: 1, node: { slug: "backend", title: "Backend engineer" } },
    ]);
    expect(data).toHaveProperty("questions.most", [{ count: 2 }]);
  });

  it.each([
    ["a page of none", "(first: 0)"],
    ["a page that is too long", "(first: 101)"],
    ["a negative page", "(last: -1)"],
    ["first with last", "(first: 1, last: 1)"],
    ["after with last", '(last: 1, after: "x")'],
    ["before without last", '(before: "x")'],
    ["a cursor that is none", '(after: "x")'],
    ["an ID that is none", '(where: {roles: {in: ["backend"]}})'],
    ["an ID of another kind", '(where: {roles: {in: ["Concept:recall"]}})'],
    ["nine groups of any", `(where: {any: [${"{}".repeat(9)}]})`],
    [
      "a variable that leaves an argument without a value",
      "(orderBy: {field: TITLE, direction: $direction})",
      { direction: null },
      "query ($direction: OrderDirection = ASC)",
    ],
  ] as [string, string, object?, string?][])(
    "refuses %s, naming no limit",
    async (_, args, variables = {}, header = "") => {
      const { errors } = await api.ask(`${header} { questions${args} { totalCount } }`, { ...variables });
      expect(errors?.map((error) => error.extensions?.["code"])).toEqual(["BAD_USER_INPUT"]);
      expect(errors?.[0]?.message).not.toMatch(/\b(100|8)\b/);
    },
  );

  it("refuses a cursor of a list with another filter", async () => {
    const { questions } = await api.data<Questions>("{ questions(first: 1) { pageInfo { endCursor } } }");
    expect(
      await api.code(
        `{ questions(after: "${questions.pageInfo.endCursor}", where: {difficulty: [EASY]}) { totalCount } }`,
      ),
    ).toBe("BAD_USER_INPUT");
  });
});
