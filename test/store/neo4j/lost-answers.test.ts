import type { CommitOptions, GraphStore } from "../../../src/domain/graph/port";
import { aChangeSet } from "../../builders/changes";
import { aConcept } from "../../builders/nodes";
import { BoltProxy } from "../../neo4j/bolt-proxy";
import { describeNeo4j } from "../../neo4j/neo4j-for-tests";

const options: CommitOptions = { idempotencyKey: "once", actor: { kind: "person", name: "ada" } };
const changeSet = aChangeSet([aConcept({ slug: "recall" })], "Add recall");

describeNeo4j("a commit whose connection is cut", (neo4j) => {
  let store: GraphStore;
  let proxy: BoltProxy;
  beforeEach(async () => {
    await neo4j.emptyStore();
    proxy = await BoltProxy.start(Number(new URL(neo4j.address.uri).port));
    store = neo4j.openStore({ uri: proxy.uri });
  });
  afterEach(() => proxy.stop());

  it.each(["its answer", "commit"] as const)(
    "is applied once and gives its own result, whether COMMIT or its answer is lost (%s)",
    async (what) => {
      proxy.loseNext(what);
      expect(await store.commit(changeSet, options)).toEqual({ revision: 1, changes: 1, replayed: false });
      expect(proxy.isArmed).toBe(false);
      expect((await store.commits({ after: 0, first: 10 })).map(({ title }) => title)).toEqual(["Add recall"]);
      expect(await store.commit(changeSet, options)).toEqual({ revision: 1, changes: 1, replayed: true });
    },
  );

  it("can be given again by the caller when nothing was heard at all", async () => {
    await store.ping();
    proxy.fallSilent();
    await expect(store.commit(changeSet, options)).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
    const direct = neo4j.openStore();
    expect(await direct.commit(changeSet, options)).toEqual({ revision: 1, changes: 1, replayed: false });
  });
});
