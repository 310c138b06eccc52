import type { Database } from "../../../src/domain/database";
import type { CommitOptions } from "../../../src/domain/graph/port";
import { anApiKey } from "../../builders/api-keys";
import { aChangeSet } from "../../builders/changes";
import { aDraft } from "../../builders/drafts";
import { aConcept } from "../../builders/nodes";
import { BoltProxy } from "../../neo4j/bolt-proxy";
import { eventually } from "../../neo4j/eventually";
import { describeNeo4j } from "../../neo4j/neo4j-for-tests";
import { outageTimeouts } from "../../neo4j/timeouts";
import { wholeCommits } from "../../builders/whole-commits";

const options: CommitOptions = { idempotencyKey: "once", actor: { kind: "person", name: "ada" } };
const changeSet = aChangeSet([aConcept({ slug: "recall" })], "Add recall");

describeNeo4j("a commit whose connection is cut", (neo4j) => {
  let store: Database;
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
      expect((await wholeCommits(store, { after: 0, first: 10 })).map(({ title }) => title)).toEqual(["Add recall"]);
      expect(await store.commit(changeSet, options)).toEqual({ revision: 1, changes: 1, replayed: true });
    },
  );

  it.each(["its answer", "commit"] as const)("saves a draft once (%s), with a key and without", async (what) => {
    const [first, second] = [aDraft({ id: "d" }), aDraft({ id: "d", version: 2, title: "Later" })];
    const repeat = { principal: "key:ada", key: "k", inputHash: "h", result: "1" };
    proxy.loseNext(what);
    expect(await store.drafts.save(first, repeat)).toEqual({ replayed: null });
    expect(proxy.isArmed).toBe(false);
    expect(await store.drafts.save(first, repeat)).toEqual({ replayed: "1" });
    proxy.loseNext(what);
    expect(await store.drafts.save(second)).toEqual({ replayed: null });
    expect(proxy.isArmed).toBe(false);
    await expect(store.drafts.save(second)).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await store.drafts.draft("d")).toEqual(second);
  });

  it.each(["its answer", "commit"] as const)("publishes a draft once, with its change set (%s)", async (what) => {
    await store.drafts.save(aDraft({ id: "d" }));
    proxy.loseNext(what);
    const publishing = { ...options, publishes: { draft: "d", version: 1 } };
    expect(await store.commit(changeSet, publishing)).toEqual({ revision: 1, changes: 1, replayed: false });
    expect(proxy.isArmed).toBe(false);
    expect((await wholeCommits(store, { after: 0, first: 10 })).map(({ draft }) => draft)).toEqual(["d"]);
    expect(await store.drafts.draft("d")).toMatchObject({ status: "PUBLISHED", version: 2, publishedAs: 1 });
    expect(await store.commit(changeSet, publishing)).toEqual({ revision: 1, changes: 1, replayed: true });
  });

  it.each(["its answer", "commit"] as const)("adds an API key once (%s)", async (what) => {
    proxy.loseNext(what);
    await store.keys.add(anApiKey({ id: "a1" }));
    expect(proxy.isArmed).toBe(false);
    await expect(store.keys.add(anApiKey({ id: "a1" }))).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
    expect(await store.keys.keys()).toEqual([anApiKey({ id: "a1" })]);
  });

  it("can be given again by the caller when nothing was heard at all", async () => {
    const hasty = neo4j.openStore({ uri: proxy.uri, timeouts: outageTimeouts });
    await eventually(() => hasty.ping());
    proxy.fallSilent();
    await expect(hasty.commit(changeSet, options)).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
    const direct = neo4j.openStore();
    expect(await direct.commit(changeSet, options)).toEqual({ revision: 1, changes: 1, replayed: false });
  });
});
