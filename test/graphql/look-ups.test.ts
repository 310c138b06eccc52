import { globalId } from "../../src/domain/ids";
import { commit, id, removal, renaming } from "../builders/changes";
import { aConcept, aQuestion } from "../builders/nodes";
import { aCriterion } from "../builders/owned-nodes";
import { type Api, anApi } from "./api";

const question = globalId(id("Question:old"));

describe("looking up", () => {
  let api: Api;
  beforeAll(async () => {
    api = await anApi([
      aQuestion({ slug: "old", title: "Renamed" }),
      aCriterion({ question: "old", slug: "states", statement: "States it." }),
      aConcept({ slug: "new", title: "Another kind" }),
      aConcept({ slug: "gone" }),
    ]);
    await commit(api.store, [renaming("Question:old", "new"), removal("Concept:gone")]);
  });

  it.each([
    ["its slug", 'question(slug: "new")'],
    ["a former slug", 'question(slug: "old")'],
    ["its global ID", `question(id: "${question}")`],
    ["Kind:slug", 'question(id: "Question:new")'],
    ["Kind:former-slug", 'question(id: "Question:old")'],
    ["node and its global ID", `node(id: "${question}")`],
    ["node and Kind:slug", 'node(id: "Question:new")'],
  ])("finds a node by %s", async (_, field) => {
    expect(await api.data(`{ found: ${field} { id slug ... on Question { title } } }`)).toEqual({
      found: { id: question, slug: "new", title: "Renamed" },
    });
  });

  it("finds an owned node under its owner's new slug", async () => {
    const data = await api.data('{ node(id: "Criterion:new/states") { id slug __typename } }');
    expect(data).toHaveProperty("node", {
      id: globalId(id("Criterion:old/states")),
      slug: "new/states",
      __typename: "Criterion",
    });
  });

  it.each([
    ["a slug that no node has", 'concept(slug: "absent")'],
    ["a removed node", 'concept(slug: "gone")'],
    ["a text that cannot be a slug", 'concept(slug: "Two Sum")'],
    ["the ID of another kind", 'question(id: "Concept:new")'],
    ["an ID that nothing has", 'node(id: "Concept:absent")'],
  ])("answers null for %s", async (_, field) => {
    expect(await api.data(`{ found: ${field} { id } }`)).toEqual({ found: null });
  });

  it("gives nodes in the order asked for, null where there is none, in one read", async () => {
    const { data, calls } = await api.ask(
      `{ nodes(ids: ["Concept:new", "${question}", "Concept:new"]) { __typename slug } }`,
    );
    expect(data).toHaveProperty("nodes", [
      { __typename: "Concept", slug: "new" },
      { __typename: "Question", slug: "new" },
      { __typename: "Concept", slug: "new" },
    ]);
    expect(calls).toEqual(["nodes"]);
    expect(await api.data('{ nodes(ids: ["Concept:absent"]) { id } }')).toEqual({ nodes: [null] });
  });

  it.each([
    ["neither slug nor ID", "{ question { id } }"],
    ["both slug and ID", '{ question(slug: "new", id: "Question:new") { id } }'],
    ["a text that is no ID", '{ node(id: "new") { id } }'],
    ["too many IDs", `{ nodes(ids: [${'"Concept:new" '.repeat(101)}]) { id } }`],
  ])("refuses %s", async (_, query) => {
    expect(await api.code(query)).toBe("BAD_USER_INPUT");
  });
});
