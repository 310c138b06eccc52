import { DomainError } from "../../src/domain/errors";
import type { GraphReader } from "../../src/domain/graph/port";
import type { NodeId } from "../../src/domain/ids";
import { batchedLinks } from "../../src/graphql/batched-links";
import type { Links } from "../../src/graphql/links";
import { createMemoryStore } from "../../src/store/memory/memory-store";
import { commit, id } from "../builders/changes";
import { countingReader } from "./counting-reader";
import { denseBank } from "./dense-bank";

const store = createMemoryStore();
beforeAll(() => commit(store, denseBank(3)));

function someLinks(): [Links, string[]] {
  const calls: string[] = [];
  return [batchedLinks(countingReader(store.reader(), calls)), calls];
}

describe("batched links", () => {
  it("put answers back by key, whatever the order and repetition of what is asked for", async () => {
    const [links, calls] = someLinks();
    const ids = ["Question:q-2", "Question:absent", "Question:q-0", "Question:q-2"].map(id);
    const nodes = await Promise.all(ids.map(async (each) => links.node(each)));
    expect(nodes.map((node) => node?.id ?? null)).toEqual(["Question:q-2", null, "Question:q-0", "Question:q-2"]);
    expect(calls).toEqual(["nodes"]);
  });

  it("have a node at hand that came with a page, a list or a derived link's reasons", async () => {
    const [links, calls] = someLinks();
    await links.page({ relation: "Question.concepts", first: 12 }, id("Question:q-1"));
    await links.list({ kind: "Topic", first: 1 });
    await links.page({ relation: "TradeOff.benchmarks", first: 1 }, id("TradeOff:t-0"));
    calls.length = 0;
    const atHand = ["Concept:c-1", "Topic:topic-0", "Benchmark:b-0", "Assessment:t-0/exact-latency"].map((each) =>
      links.node(id(each)),
    );
    expect(atHand.map((node) => (node as { id: NodeId }).id)).toEqual([
      "Concept:c-1",
      "Topic:topic-0",
      "Benchmark:b-0",
      "Assessment:t-0/exact-latency",
    ]);
    expect(calls).toEqual([]);
  });

  it("have empty pages, no texts and no count for nodes that do not exist", async () => {
    const [links] = someLinks();
    const absent = id("Concept:absent");
    expect(await links.page({ relation: "Concept.questions", first: 1 }, absent)).toEqual({
      links: [],
      hasNext: false,
    });
    expect(await links.count({ relation: "Concept.questions" }, absent)).toBe(0);
    expect(await links.texts(absent)).toEqual({});
    expect(await links.idBySlug("Concept", "absent")).toBeNull();
  });

  it("count pages of different lengths together, and other filters apart", async () => {
    const [links, calls] = someLinks();
    const of = id("Concept:c-0");
    const relation = "Concept.questions";
    await Promise.all([
      links.count({ relation }, of),
      links.count({ relation }, id("Concept:c-1")),
      links.count({ relation, where: { and: [{ field: "difficulty", in: ["EASY"] }] } }, of),
    ]);
    expect(calls).toEqual(["counts Concept.questions", "counts Concept.questions"]);
  });

  it("ask a store that has failed them no second time, and say the same again", async () => {
    const calls: string[] = [];
    const away = new DomainError("STORE_UNAVAILABLE", "The store is away.");
    const reader = Object.assign(Object.create(store.reader()) as GraphReader, {
      nodes: () => {
        calls.push("nodes");
        return Promise.reject(away);
      },
    });
    const links = batchedLinks(reader);
    const ask = async () => links.node(id("Question:q-1"));
    await expect(ask()).rejects.toBe(away);
    await expect(ask()).rejects.toBe(away);
    await expect((async () => links.list({ kind: "Topic", first: 1 }))()).rejects.toBe(away);
    expect(calls).toEqual(["nodes"]);
  });
});
