import type { GraphStore } from "../../../src/domain/graph/port";
import { commit, id } from "../../builders/changes";
import { aConcept } from "../../builders/nodes";
import { BoltProxy } from "../../neo4j/bolt-proxy";
import { describeNeo4j } from "../../neo4j/neo4j-for-tests";
import { outageTimeouts } from "../../neo4j/timeouts";
import { defaultTimeouts } from "../../../src/store/neo4j/driver/connections";

/** How the promise ends: "served", or the code of the refusal. */
const outcomeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => "served",
    (error: { readonly code?: unknown }) => error.code,
  );

const readConcept = (store: GraphStore) => store.reader().nodes([id("Concept:a")]);
const everything: readonly ((store: GraphStore) => Promise<unknown>)[] = [
  readConcept,
  (store) => store.ping(),
  (store) => commit(store, [aConcept({ slug: "b" })]),
];

describeNeo4j("while Neo4j cannot be reached", (neo4j) => {
  let target: number;
  let proxy: BoltProxy;
  let store: GraphStore;
  beforeEach(async () => {
    await commit(await neo4j.emptyStore(), [aConcept({ slug: "a" })]);
    target = Number(new URL(neo4j.address.uri).port);
    proxy = await BoltProxy.start(target);
    store = neo4j.openStore({ uri: proxy.uri, timeouts: outageTimeouts });
  });
  afterEach(() => proxy.stop().catch(() => undefined));

  const comeBack = async () => {
    proxy = await BoltProxy.start(target, proxy.port);
  };

  async function expectUnavailable(): Promise<void> {
    expect(await Promise.all(everything.map((ask) => outcomeOf(ask(store))))).toEqual(
      everything.map(() => "STORE_UNAVAILABLE"),
    );
  }

  /** Ends when a read and a commit were served, which few may be refused before: each costs a silence at most. */
  async function expectServed(): Promise<void> {
    const asked = [() => readConcept(store), () => commit(store, [aConcept({ slug: "c" })])];
    for (const ask of asked) {
      const refusals: unknown[] = [];
      for (let code = await outcomeOf(ask()); code !== "served"; code = await outcomeOf(ask())) refusals.push(code);
      expect(refusals.filter((code) => code !== "STORE_UNAVAILABLE")).toEqual([]);
    }
  }

  it("a store that was opened before Neo4j was up says so, and serves once it has come", async () => {
    await proxy.stop();
    await expectUnavailable();
    await comeBack();
    await expectServed();
  });

  it("a store whose Neo4j goes down says so, and serves once it has returned", async () => {
    await expectServed();
    await proxy.stop();
    await expectUnavailable();
    await comeBack();
    await expectServed();
  });

  it("a store whose Neo4j falls silent says so again and again, and serves once it has returned", async () => {
    await expectServed();
    await Promise.all([readConcept(store), readConcept(store), store.ping()].map(outcomeOf));
    proxy.fallSilent();
    await expectUnavailable();
    await Promise.all(Array.from({ length: 30 }, () => outcomeOf(readConcept(store))));
    await proxy.stop();
    await comeBack();
    await expectServed();
  });

  it("a store whose Neo4j was silent from the start says so, and serves once it has returned", async () => {
    proxy.fallSilent();
    await expectUnavailable();
    await proxy.stop();
    await comeBack();
    await expectServed();
  });
});

it("callers are refused within three seconds, unless tests say otherwise", () => {
  const { silence, read, acquire, queue } = defaultTimeouts;
  expect(Math.max(silence, read, acquire, queue)).toBeLessThanOrEqual(3_000);
});
