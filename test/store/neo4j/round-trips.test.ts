import type { GraphReader, GraphStore } from "../../../src/domain/graph/port";
import { Reads } from "../../../src/store/neo4j/driver/reads";
import { commit, id } from "../../builders/changes";
import { richBank } from "../../contract/rich-bank";
import { describeNeo4j } from "../../neo4j/neo4j-for-tests";

const questions = ["Question:q0", "Question:q1", "Question:none"].map(id);
const tradeOffs = ["TradeOff:t0", "TradeOff:t1"].map(id);
const asks: readonly ((reader: GraphReader) => Promise<unknown>)[] = [
  (reader) => reader.neighbours({ relation: "Question.concepts", of: questions, first: 12 }),
  (reader) => reader.neighbours({ relation: "Question.followUps", of: questions, first: 2 }),
  (reader) => reader.counts({ relation: "Question.tools", of: questions }),
  (reader) => reader.neighbours({ relation: "TradeOff.benchmarks", of: tradeOffs, first: 3 }),
  (reader) => reader.nodes([...questions, ...tradeOffs]),
  (reader) => reader.texts(questions),
];

describeNeo4j("what a reader asks at one moment", (neo4j) => {
  let store: GraphStore;
  beforeAll(async () => {
    store = await neo4j.emptyStore();
    await commit(store, richBank);
  });

  it("is one round trip once it has become usual, but for derived relations, with the answers that each would get alone", async () => {
    const alone: unknown[] = [];
    for (const ask of asks) alone.push(await ask(store.reader()));
    const rows = jest.spyOn(Reads.prototype, "rows");
    const roundTrips: number[] = [];
    for (let time = 0; time < 4; time++) {
      rows.mockClear();
      const reader = store.reader();
      expect(await Promise.all(asks.map((ask) => ask(reader)))).toEqual(alone);
      roundTrips.push(rows.mock.calls.length);
    }
    rows.mockRestore();
    expect(roundTrips).toEqual([6, 6, 2, 2]);
  });

  it("brings what is usually asked of the nodes that are found, on two levels", async () => {
    const existing = questions.slice(0, 2);
    const rows = jest.spyOn(Reads.prototype, "rows");
    const roundTrips: number[] = [];
    for (let time = 0; time < 10; time++) {
      rows.mockClear();
      const reader = store.reader();
      await reader.nodes(existing);
      const concepts = await reader.neighbours({ relation: "Question.concepts", of: existing, first: 12 });
      const of = [...concepts.values()].flatMap(({ links }) => links.map(({ node }) => node.id));
      await reader.neighbours({ relation: "Concept.prerequisites", of, first: 100 });
      await reader.neighbours({ relation: "Question.tools", of: existing, first: 100 });
      roundTrips.push(rows.mock.calls.length);
    }
    rows.mockRestore();
    expect(roundTrips).toEqual([4, 4, 4, 4, 4, 4, 4, 1, 1, 1]);
  });

  it("fails as a whole when the reader is called off", async () => {
    const controller = new AbortController();
    const reader = store.reader({ signal: controller.signal });
    const answers = asks.map((ask) => ask(reader));
    controller.abort();
    for (const answer of await Promise.allSettled(answers)) {
      expect(answer).toMatchObject({ status: "rejected", reason: { code: "ABORTED" } });
    }
  });
});
