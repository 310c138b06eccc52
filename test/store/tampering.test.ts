import { createHash } from "node:crypto";
import { canonicalJson } from "../../src/domain/changes/hash";
import { verifyChain } from "../../src/domain/changes/verify-chain";
import type { Database } from "../../src/domain/database";
import { SqliteConnection } from "../../src/store/sqlite/connection";
import { commit, patch } from "../builders/changes";
import { aLink } from "../builders/links";
import { aConcept, aQuestion } from "../builders/nodes";
import { wholeCommits } from "../builders/whole-commits";
import { describeNeo4j } from "../neo4j/neo4j-for-tests";
import { withStore } from "./sqlite/store-file";

async function history(store: Database): Promise<void> {
  const slugs = Array.from({ length: 300 }, (_, index) => `c${index}`);
  await commit(store, [aConcept({ slug: "a" }), aQuestion({ slug: "q" })]);
  await commit(
    store,
    slugs.map((slug) => aConcept({ slug, explanation: `A long text on ${slug}. `.repeat(20).trim() })),
  );
  await commit(store, [aLink("ABOUT", "Question:q", "Concept:a")]);
  await commit(store, [patch("Concept:a", { title: "Ünïcode 𝒜" })]);
}

/** The hashes of the log, made by their definition alone. */
async function expectedHashes(store: Database): Promise<string[]> {
  let previous = "";
  const hashes: string[] = [];
  for (const { revision, at, actor, title, draft, changes, seal } of await wholeCommits(store, { first: 99 })) {
    const { format, salt, sealedAt } = seal;
    const entry = { revision, at, actor, title, draft, changes, previous, format, salt, sealedAt };
    hashes.push((previous = createHash("sha256").update(canonicalJson(entry)).digest("hex")));
  }
  return hashes;
}

async function isSound(store: Database): Promise<void> {
  const heads = await store.log({ first: 99 });
  expect(heads.map(({ hash }) => hash)).toEqual(await expectedHashes(store));
  expect(new Set(heads.map(({ seal }) => seal.salt)).size).toBe(heads.length);
  expect(await verifyChain(store)).toMatchObject({ faults: [], older: null, head: await store.head() });
}

describe("a log in SQLite", () => {
  it("is chained by the hash of each entry and of the one before it", () =>
    withStore(async (store) => {
      await history(store);
      await isSound(store);
    }));

  it.each<[string, number, string]>([
    ["an actor", 1, "UPDATE commit_log SET actor_name = 'mallory' WHERE revision = 1"],
    ["a title", 3, "UPDATE commit_log SET title = title || '.' WHERE revision = 3"],
    ["a time", 4, "UPDATE commit_log SET at = '2020-01-01T00:00:00.000Z' WHERE revision = 4"],
    ["a draft", 4, "UPDATE commit_log SET draft = 'd' WHERE revision = 4"],
    ["a count", 3, "UPDATE commit_log SET nodes = 9 WHERE revision = 3"],
    ["a hash", 4, "UPDATE commit_log SET hash = upper(hash) WHERE revision = 4"],
    ["a letter of a part", 4, "UPDATE commit_part SET kept = replace(kept, 'Ü', 'U') WHERE revision = 4"],
    [
      "a space in a part",
      4,
      "UPDATE commit_part SET kept = replace(kept, ',', ', ') WHERE holds = 'changes' AND revision = 4",
    ],
    [
      "a byte of a compressed part",
      2,
      "UPDATE commit_part SET kept = substr(kept, 1, 900) || x'00' || substr(kept, 902) WHERE revision = 2 AND part = 1 AND holds = 'changes'",
    ],
    ["the nodes of an entry", 3, "UPDATE commit_part SET kept = replace(kept, 'LINKED', 'CHANGED') WHERE revision = 3"],
    ["a missing part", 2, "DELETE FROM commit_part WHERE revision = 2 AND part = 2"],
    ["a missing entry", 3, "DELETE FROM commit_log WHERE revision = 3"],
  ])("shows that %s was changed, and in which entry", (_, revision, text) =>
    withStore(async (store, path) => {
      await history(store);
      const connection = new SqliteConnection(path);
      connection.execute(text);
      connection.close();
      expect((await verifyChain(store)).faults.map((fault) => fault.revision)).toEqual([revision]);
    }),
  );

  it("is known again by a head that was kept elsewhere, and not by another log's", () =>
    withStore(async (store) => {
      await history(store);
      const [, second] = await store.log({ first: 2 });
      const { hash } = second!;
      expect((await verifyChain(store, { hash })).expected).toBe(2);
      expect((await verifyChain(store, { hash, revision: 3 })).expected).toBeNull();
      expect((await verifyChain(store, { hash: "0".repeat(64) })).expected).toBeNull();
    }));
});

describeNeo4j("a log in Neo4j", (neo4j) => {
  it("is chained, and shows what was changed in it", async () => {
    const store = await neo4j.emptyStore();
    await history(store);
    await isSound(store);
    const faultAfter = async (change: string, undo: string): Promise<readonly number[]> => {
      await neo4j.query(change);
      const { faults } = await verifyChain(store);
      await neo4j.query(undo);
      return faults.map(({ revision }) => revision);
    };
    const third = "MATCH (c:_Commit {revision: 3}) SET ";
    const part = "MATCH (p:_CommitPart {revision: 2, part: 0}) SET p.text = ";
    expect(
      await faultAfter(`${third} c.was = c.actorName, c.actorName = 'mallory'`, `${third} c.actorName = c.was`),
    ).toEqual([3]);
    expect(await faultAfter(`${third} c.was = c.at, c.at = '2020'`, `${third} c.at = c.was`)).toEqual([3]);
    expect(
      await faultAfter(
        `${part} replace(p.text, 'on c100.', 'on xxxx.')`,
        `${part} replace(p.text, 'on xxxx.', 'on c100.')`,
      ),
    ).toEqual([2]);
    const head = "MATCH (h:_Head {name: 'head'}) SET ";
    expect(await faultAfter(`${head} h.was = h.hash, h.hash = 'x'`, `${head} h.hash = h.was`)).toEqual([4]);
  });
});
