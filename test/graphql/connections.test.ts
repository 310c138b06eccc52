import { aLink } from "../builders/links";
import { aConcept, aQuestion, aTopic } from "../builders/nodes";
import { type Api, anApi, type Page } from "./api";

const questions = ["a", "b", "c", "d", "e"];
const bank = [
  aConcept({ slug: "recall" }),
  aConcept({ slug: "hnsw" }),
  aTopic({ slug: "search" }),
  ...questions.map((slug, i) => aQuestion({ slug, title: `Title ${5 - i}`, difficulty: i % 2 ? "HARD" : "EASY" })),
  ...questions.map((slug) => aLink("ABOUT", `Question:${slug}`, "Concept:recall", { reason: `Because of ${slug}.` })),
  aLink("ABOUT", "Question:b", "Concept:hnsw", { emphasis: "TEACHES" }),
  ...["d", "a", "c"].map((slug, order) => aLink("COVERS", "Topic:search", `Question:${slug}`, {}, order)),
];

const slugs = (page: Page): string => page.edges.map((edge) => edge.node.slug).join("");

describe("a connection that hangs on a node", () => {
  let api: Api;
  beforeAll(async () => {
    api = await anApi(bank);
  });
  const pageOf = async (args: string, of = 'concept(slug: "recall")') =>
    (
      await api.data<{ of: { questions: Page } }>(
        `{ of: ${of} { questions${args} { totalCount edges { node { slug } } pageInfo { hasNextPage hasPreviousPage endCursor } } } }`,
      )
    ).of.questions;

  it.each([
    ["by id unless said otherwise", "", "abcde"],
    ["in another order", "(orderBy: {field: TITLE})", "edcba"],
    ["filtered by the nodes it leads to", "(where: {difficulty: [HARD]})", "bd"],
    ["filtered by their other links", '(where: {concepts: {all: ["Concept:recall", "Concept:hnsw"]}})', "b"],
    ["cut at first", "(first: 2)", "ab"],
  ])("lists links %s", async (_, args, expected) => {
    expect(slugs(await pageOf(args))).toBe(expected);
  });

  it("has the author's order where there is one", async () => {
    expect(slugs(await pageOf("", 'topic(slug: "search")'))).toBe("dac");
  });

  it("is walked forward by its cursors", async () => {
    const order = "orderBy: {field: TITLE, direction: DESC}";
    const first = await pageOf(`(first: 3, ${order})`);
    expect([slugs(first), first.pageInfo.hasNextPage, first.pageInfo.hasPreviousPage]).toEqual(["abc", true, false]);
    const second = await pageOf(`(first: 3, ${order}, after: "${first.pageInfo.endCursor}")`);
    expect([slugs(second), second.pageInfo.hasNextPage, second.pageInfo.hasPreviousPage]).toEqual(["de", false, true]);
  });

  it("is walked by the author's order too", async () => {
    const topic = 'topic(slug: "search")';
    const first = await pageOf("(first: 1)", topic);
    expect(slugs(await pageOf(`(after: "${first.pageInfo.endCursor}")`, topic))).toBe("ac");
  });

  it("counts what its filter keeps, not what its page holds", async () => {
    expect((await pageOf("(first: 1)")).totalCount).toBe(5);
    expect((await pageOf("(first: 1, where: {difficulty: [HARD]})")).totalCount).toBe(2);
  });

  it("gives the nodes alone as well", async () => {
    const data = await api.data('{ concept(slug: "hnsw") { questions { nodes { slug } edges { reason emphasis } } } }');
    expect(data).toHaveProperty("concept.questions", {
      nodes: [{ slug: "b" }],
      edges: [{ reason: "It matters here.", emphasis: "TEACHES" }],
    });
  });

  it("shares a read between parents and places with the same arguments", async () => {
    const { calls } = await api.ask(`{
      concepts { nodes { a: questions(first: 2) { nodes { slug } } b: questions(first: 2) { totalCount } } }
    }`);
    expect(calls).toEqual(["list", "neighbours Concept.questions", "counts Concept.questions"]);
  });

  it("resolves slugs in a filter once for all parents", async () => {
    const { calls, errors } = await api.ask(
      '{ concepts { nodes { questions(where: {concepts: {in: ["Concept:hnsw"]}}) { nodes { slug } } } } }',
    );
    expect(errors).toBeUndefined();
    expect(calls).toEqual(["list", "idsBySlug", "neighbours Concept.questions"]);
  });

  it.each(["(first: 0)", "(first: 101)", '(after: "x")', '(after: "")'])("refuses %s", async (args) => {
    expect(await api.code(`{ concept(slug: "recall") { questions${args} { totalCount } } }`)).toBe("BAD_USER_INPUT");
  });

  it("refuses a cursor of another relation", async () => {
    const { pageInfo } = await pageOf("(first: 1)");
    expect(
      await api.code(`{ concept(slug: "recall") { unlocks(after: "${pageInfo.endCursor}") { totalCount } } }`),
    ).toBe("BAD_USER_INPUT");
  });
});
