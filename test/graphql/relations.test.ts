import { getNamedType, type GraphQLNamedType, type GraphQLObjectType, isObjectType } from "graphql";
import type { NodeKind } from "../../src/domain/ontology/node-kinds";
import { type Relation, type RelationName, relations } from "../../src/domain/ontology/relations";
import { buildSchema } from "../../src/graphql/build-schema";
import { type Api, anApi } from "./api";
import { denseBank, denseId } from "./dense-bank";

const size = 6;

interface Nodes {
  readonly nodes: readonly Readonly<Record<string, unknown>>[];
}

const idsOf = (kind: NodeKind, count: number) => Array.from({ length: count }, (_, i) => denseId(kind, i));

const schema = buildSchema();

/** Selects everything that a link of the relation carries, and the node's identity. */
function selection({ owner, field }: Relation): string {
  const { type } = (schema.getType(owner) as GraphQLObjectType).getFields()[field]!;
  return `${field} ${selectionOf(getNamedType(type))}`;
}

function selectionOf(type: GraphQLNamedType): string {
  if (!("getFields" in type)) return "";
  if (!isObjectType(type) || type.getInterfaces().length > 0) return "{ id slug }";
  const fields = Object.values(type.getFields()).filter(({ name }) => name !== "nodes");
  return `{ ${fields.map((field) => `${field.name} ${selectionOf(getNamedType(field.type))}`).join(" ")} }`;
}

const queryOf = (relation: Relation) =>
  `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on ${relation.owner} { ${selection(relation)} } } }`;

/** The ids of the nodes that an answer's relation leads to, whatever its form. */
function reached(value: unknown): string[] {
  if (value === null || typeof value !== "object") return [];
  if (Array.isArray(value)) return value.flatMap(reached);
  const { id, edges, node } = value as Record<string, unknown>;
  return typeof id === "string" ? [id] : reached(edges ?? node);
}

describe.each(Object.keys(relations) as RelationName[])("%s", (name) => {
  const relation = relations[name];
  let api: Api;
  beforeAll(async () => {
    api = await sharedApi();
  });

  it("gives the links that the store has, with what they carry", async () => {
    const ids = idsOf(relation.owner, size);
    const { nodes } = await api.data<Nodes>(queryOf(relation), { ids });
    const stored = await api.store.reader().neighbours({ relation: name, of: ids as never, first: 100 });
    const expected = ids.map((id) =>
      (stored.get(id as never)?.links ?? []).map((link) => Buffer.from(link.node.id).toString("base64url")),
    );
    expect(nodes.map((node) => reached(node[relation.field]))).toEqual(expected);
    expect(expected.flat().length).toBeGreaterThanOrEqual(size - 1);
  });

  it("costs as many calls to the store for many nodes as for two", async () => {
    const two = await api.ask(queryOf(relation), { ids: idsOf(relation.owner, 2) });
    const many = await api.ask(queryOf(relation), { ids: idsOf(relation.owner, size) });
    expect(many.errors).toBeUndefined();
    expect(many.calls).toEqual(two.calls);
    expect(many.calls.filter((call) => call === `neighbours ${name}`)).toHaveLength(1);
    expect(many.calls.filter((call) => call.startsWith("counts")).length).toBeLessThanOrEqual(1);
  });
});

let shared: Promise<Api> | undefined;
const sharedApi = () => (shared ??= anApi(denseBank(size)));

describe("long texts", () => {
  it.each(["Question { prompt }", "ModelAnswer { body }", "Concept { explanation }"])(
    "are read in one batch: %s",
    async (fragment) => {
      const api = await sharedApi();
      const kind = fragment.split(" ")[0] as NodeKind;
      const { data, calls } = await api.ask<Nodes>(`query ($ids: [ID!]!) { nodes(ids: $ids) { ... on ${fragment} } }`, {
        ids: idsOf(kind, size),
      });
      expect(calls).toEqual(["nodes", "texts"]);
      expect(data.nodes.every((node) => Object.values(node).every((text) => typeof text === "string"))).toBe(true);
    },
  );

  it("are not read unless asked for", async () => {
    const { calls } = await (await sharedApi()).ask("{ questions { nodes { title difficulty } } }");
    expect(calls).toEqual(["list"]);
  });
});
