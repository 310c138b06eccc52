import { globalId } from "../../src/domain/ids";
import { commit, id, patch } from "../builders/changes";
import { type Api, anApi } from "./api";
import { denseBank } from "./dense-bank";

describe("a node's fields", () => {
  let api: Api;
  beforeAll(async () => {
    api = await anApi(denseBank(2));
    await commit(api.store, [
      patch("Measurement:b-0/m", { samples: 20, spread: "±0.4" }),
      patch("Benchmark:b-0", { staleAfter: "P18M" }),
    ]);
  });

  it("hold what the ontology says, null where a value is absent", async () => {
    const data = await api.data(
      '{ benchmark(slug: "b-0") { title date evidenceKind hardware staleAfter measurements { value unit params samples spread subjectAsPrinted dataset } } }',
    );
    expect(data).toHaveProperty("benchmark", {
      title: "Benchmark 0",
      date: "2024-07",
      evidenceKind: "MEASURED",
      hardware: null,
      staleAfter: "P18M",
      measurements: [
        {
          value: 1.5,
          unit: "ms",
          params: { batch: 1 },
          samples: 20,
          spread: "±0.4",
          subjectAsPrinted: "IndexHNSWFlat",
          dataset: null,
        },
      ],
    });
  });

  it("hold value objects", async () => {
    const data = await api.data('{ tradeOff(slug: "t-0") { regimes { slug title } } }');
    expect(data).toHaveProperty("tradeOff.regimes", [{ slug: "small", title: "Small" }]);
  });

  it("lead to one node, with what the link carries beside it", async () => {
    const data = await api.data('{ benchmark(slug: "b-0") { source { id url } sourceLocator } }');
    expect(data).toHaveProperty("benchmark", {
      source: { id: globalId(id("Source:source-0")), url: "https://example.org/0" },
      sourceLocator: "Table 2",
    });
  });

  it("read a link to one node once for both", async () => {
    const { calls } = await api.ask('{ benchmark(slug: "b-0") { source { title } sourceLocator } }');
    expect(calls).toEqual(["nodes", "neighbours Benchmark.source"]);
  });

  it("are null where a relation to one may be absent and is", async () => {
    const data = await api.data("{ topics { nodes { slug parent { slug } } } }");
    expect(data).toHaveProperty("topics.nodes", [
      { slug: "topic-0", parent: { slug: "topic-1" } },
      { slug: "topic-1", parent: null },
    ]);
  });

  it("read a link's references as nodes, in one batch", async () => {
    const { data, calls } = await api.ask(
      "{ questions { nodes { followUps { when criteria { statement } node { slug } } } } }",
    );
    expect(data).toHaveProperty("questions.nodes", [
      {
        followUps: [{ when: "MISSING", criteria: [{ statement: "States [it](concept:c-0)." }], node: { slug: "q-1" } }],
      },
      { followUps: [] },
    ]);
    expect(calls).toEqual(["list", "neighbours Question.followUps", "nodes"]);
  });

  it("say what makes a derived link", async () => {
    const data = await api.data(
      '{ tradeOff(slug: "t-0") { benchmarks { edges { because { reason node { __typename slug } } node { slug } } } } }',
    );
    expect(data).toHaveProperty("tradeOff.benchmarks.edges", [
      {
        because: [
          { reason: "It matters here.", node: { __typename: "Assessment", slug: "t-0/exact-latency" } },
          { reason: "It matters here.", node: { __typename: "FlipCondition", slug: "t-0/many" } },
        ],
        node: { slug: "b-0" },
      },
    ]);
  });

  it("list inline links of any kind", async () => {
    const data = await api.data(
      '{ concept(slug: "c-0") { mentions { nodes { __typename slug } } } modelAnswer: node(id: "ModelAnswer:q-0/concise") { ... on ModelAnswer { mentions { nodes { ... on Measurement { value } } } } } }',
    );
    expect(data).toHaveProperty("concept.mentions.nodes", [{ __typename: "Tool", slug: "tool-0" }]);
    expect(data).toHaveProperty("modelAnswer.mentions.nodes", [{ value: 1.5 }]);
  });
});

describe("a measurement's value", () => {
  let api: Api;
  beforeAll(async () => {
    api = await anApi(denseBank(1));
  });
  const valueIn = (args: string) => `{ node(id: "Measurement:b-0/m") { ... on Measurement { value${args} unit } } }`;

  it.each([
    ["", 1.5],
    ['(unit: "ms")', 1.5],
    ['(unit: "us")', 1500],
    ['(unit: "s")', 0.0015],
    ["(unit: null)", 1.5],
  ])("is converted on request: value%s", async (args, value) => {
    expect(await api.data(valueIn(args))).toEqual({ node: { value, unit: "ms" } });
  });

  it.each([
    ["a unit of another quantity", '(unit: "GiB")'],
    ["a text that is no unit", '(unit: "furlong")'],
    ["no text", '(unit: "")'],
  ])("is not converted to %s", async (_, args) => {
    const { data, errors } = await api.ask(valueIn(args));
    expect(data).toEqual({ node: null });
    expect(errors?.map((error) => [error.extensions?.["code"], error.path])).toEqual([
      ["BAD_USER_INPUT", ["node", "value"]],
    ]);
  });

  it("suggests the unit that was meant", async () => {
    const { errors } = await api.ask(valueIn('(unit: "GiBs")'));
    expect(errors?.[0]?.message).toContain('Did you mean "GiB"');
  });
});
