import type { GraphStore } from "../../../src/domain/graph/port";
import { commit, id } from "../../builders/changes";
import { aConcept } from "../../builders/nodes";
import { BoltProxy } from "../../neo4j/bolt-proxy";
import { describeNeo4j } from "../../neo4j/neo4j-for-tests";

/** How the promise ends, and after how many milliseconds. */
async function outcomeOf(promise: Promise<unknown>): Promise<{ readonly code: unknown; readonly after: number }> {
  const started = performance.now();
  const code = await promise.then(
    () => "served",
    (error: { readonly code?: unknown }) => error.code,
  );
  return { code, after: performance.now() - started };
}

const readConcept = (store: GraphStore) => store.reader().nodes([id("Concept:a")]);
const everything = (store: GraphStore) => [readConcept(store), store.ping(), commit(store, [aConcept({ slug: "b" })])];

describeNeo4j("while Neo4j cannot be reached", (neo4j) => {
  let target: number;
  let proxy: BoltProxy;
  let store: GraphStore;
  beforeEach(async () => {
    await commit(await neo4j.emptyStore(), [aConcept({ slug: "a" })]);
    target = Number(new URL(neo4j.address.uri).port);
    proxy = await BoltProxy.start(target);
    store = neo4j.openStore({ uri: proxy.uri });
  });
  afterEach(() => proxy.stop().catch(() => undefined));

  const comeBack = async () => {
    proxy = await BoltProxy.start(target, proxy.port);
  };

  async function expectUnavailable(): Promise<void> {
    for (const { code, after } of await Promise.all(everything(store).map(outcomeOf))) {
      expect(code).toBe("STORE_UNAVAILABLE");
      expect(after).toBeLessThan(3_000);
    }
  }

  async function expectServedSoon(): Promise<void> {
    const started = performance.now();
    while ((await outcomeOf(readConcept(store))).code !== "served")
      expect(performance.now() - started).toBeLessThan(2_000);
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(await outcomeOf(commit(store, [aConcept({ slug: "c" })]))).toMatchObject({ code: "served" });
  }

  it("a store that was opened before Neo4j was up says so within 3 s, and serves within 2 s of its coming", async () => {
    await proxy.stop();
    await expectUnavailable();
    await comeBack();
    await expectServedSoon();
  }, 60_000);

  it("a store whose Neo4j goes down says so within 3 s, and serves within 2 s of its return", async () => {
    await readConcept(store);
    await proxy.stop();
    await expectUnavailable();
    await comeBack();
    await expectServedSoon();
  }, 60_000);

  it("a store whose Neo4j falls silent says so within 3 s, again and again, and serves within 2 s of its return", async () => {
    await Promise.all([readConcept(store), readConcept(store), store.ping()]);
    proxy.fallSilent();
    await expectUnavailable();
    await Promise.all(Array.from({ length: 30 }, () => outcomeOf(readConcept(store))));
    await proxy.stop();
    await comeBack();
    await expectServedSoon();
  }, 60_000);

  it("a store whose Neo4j was silent from the start says so within 3 s, and serves within 2 s of its return", async () => {
    proxy.fallSilent();
    await expectUnavailable();
    await proxy.stop();
    await comeBack();
    await expectServedSoon();
  }, 60_000);
});
