import type { NodeId } from "../../../src/domain/ids";
import type { Where } from "../../../src/domain/graph/where";
import { listStatement } from "../../../src/store/neo4j/cypher/list";
import { schemaRules } from "../../../src/store/neo4j/cypher/schema";

const textOf = (where: Where): string => listStatement({ kind: "Question", first: 5, where }).text;
const id = (text: string) => text as NodeId;

it("values are never part of a statement's text", () => {
  const wanted = "'; MATCH (n) DETACH DELETE n //";
  const statement = listStatement({
    kind: "Question",
    order: { by: "title", direction: "ASC" },
    first: 7,
    after: { value: wanted, id: wanted },
    where: {
      and: [{ field: "title", in: [wanted] }],
      not: [{ relation: "Question.concepts", in: [id(`Concept:${wanted}`)] }],
    },
  });
  expect(statement.text).not.toContain("DETACH");
  expect(statement.text).not.toContain("7");
  expect(
    JSON.stringify(statement.parameters, (_, value: unknown) => (typeof value === "bigint" ? Number(value) : value)),
  ).toContain("DETACH");
});

it("a filter is one statement in whichever order it is written, and however many values it has", () => {
  const one: Where = {
    and: [
      { field: "difficulty", in: ["HARD"] },
      { relation: "Question.roles", in: [id("Role:a")] },
    ],
    any: [[{ field: "format", in: ["CODING"] }], [{ relation: "Question.tools", all: [id("Tool:a")] }]],
  };
  const other: Where = {
    and: [
      { relation: "Question.roles", in: [id("Role:b"), id("Role:c")] },
      { field: "difficulty", in: [] },
    ],
    any: [
      [{ relation: "Question.tools", all: [id("Tool:b"), id("Tool:c")] }],
      [{ field: "format", in: ["TECHNICAL", "CODING"] }],
    ],
  };
  expect(textOf(other)).toBe(textOf(one));
});

it("every constraint and index has a name of its own", () => {
  const names = schemaRules.map(({ name }) => name);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

it("links that grow with the bank are indexed from the end that they grow at, others are not", () => {
  const names = schemaRules.map(({ name }) => name).filter((name) => /^(COVERS|ABOUT|ANSWERED_BY)_/.test(name));
  expect(names.sort()).toEqual([
    "ABOUT_to_from",
    "ABOUT_unique",
    "ANSWERED_BY_unique",
    "COVERS_from_order",
    "COVERS_unique",
  ]);
});
