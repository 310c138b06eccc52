import type { Ahead, GraphReader } from "../../src/domain/graph/port";
import { anApi } from "./api";
import { denseBank } from "./dense-bank";

/** What the store is told to be ahead, by what it is asked. */
async function aheadIn(query: string, variables?: Readonly<Record<string, unknown>>): Promise<Record<string, Ahead>> {
  const told: Record<string, Ahead> = {};
  const note = (asked: string, ahead: Ahead | undefined) => void (told[asked] = ahead ?? {});
  const noting = (reader: GraphReader): GraphReader =>
    Object.assign(Object.create(reader) as GraphReader, {
      nodes: (...args: Parameters<GraphReader["nodes"]>) => (note("nodes", args[1]), reader.nodes(...args)),
      neighbours: (...args: Parameters<GraphReader["neighbours"]>) => (
        note(args[0].relation, args[0].ahead),
        reader.neighbours(...args)
      ),
      list: (...args: Parameters<GraphReader["list"]>) => (note("list", args[0].ahead), reader.list(...args)),
    });
  const api = await anApi(denseBank(3), { reader: noting });
  await api.data(query, variables);
  return told;
}

describe("what a document asks further on", () => {
  it("is told with a node, through links to their nodes and through connections to none", async () => {
    const told = await aheadIn(`{ question(slug: "q-0") {
      concepts { reason node { title prerequisites { node { title } } } }
      recommendedBy: concepts { node { related { reason } } }
      tradeOffs { node { questions(first: 2) { edges { node { roles { title } } } } options { title } } }
    } }`);
    expect(told["nodes"]).toEqual({
      "Question.concepts": { "Concept.prerequisites": {}, "Concept.related": {} },
      "Question.tradeOffs": { "TradeOff.options": {} },
    });
    expect(told["TradeOff.questions"]).toEqual({ "Question.roles": {} });
  });

  it("is told with a list, through edges and nodes, fragments and conditions on the type", async () => {
    const told = await aheadIn(`
      query { questions(first: 2) { nodes { ...shown } edges { node { ... on Question { criteria { weight } } } } } }
      fragment shown on Question { answers { evidence { node { ... on Measurement { metric { title } } } } } }`);
    expect(told["list"]).toEqual({
      "Question.answers": { "ModelAnswer.evidence": { "Measurement.metric": {} } },
      "Question.criteria": {},
    });
  });

  it("is told with a field beside a relation to one, and not of what a directive may leave out", async () => {
    const told = await aheadIn(
      `query ($no: Boolean!) { benchmarks(first: 1) { nodes { sourceLocator measurements @include(if: $no) { value } } } }`,
      { no: false },
    );
    expect(told["list"]).toEqual({ "Benchmark.source": {} });
  });
});
