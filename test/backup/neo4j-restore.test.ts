import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { DumpPart } from "../../src/domain/backup/dump";
import type { Database } from "../../src/domain/database";
import { loadNeo4j } from "../../src/store/neo4j/neo4j-backup";
import { dumpBank } from "../../src/store/sqlite/copy-bank";
import { anApiKey } from "../builders/api-keys";
import { aChangeSet, commit, patch, removal, renaming } from "../builders/changes";
import { aDraft, revised } from "../builders/drafts";
import { aConcept } from "../builders/nodes";
import { runCli } from "../cli/run-cli";
import { richBank } from "../contract/rich-bank";
import { BoltProxy } from "../neo4j/bolt-proxy";
import { describeNeo4j } from "../neo4j/neo4j-for-tests";
import { keepLogAsBefore } from "../store/sqlite/older-log";
import { withFile, withOpenStore } from "../store/sqlite/store-file";
import { expectSound, wholeContent } from "./whole-content";

const actor = { kind: "person", name: "ada lovelace" } as const;
const first = [aChangeSet(richBank, "First"), { actor, idempotencyKey: "first" }] as const;
const repeat = { principal: "key:ada", key: "save", inputHash: "h" };

/** Fills a store with something of everything. */
async function fill(store: Database): Promise<void> {
  await store.commit(...first);
  await commit(store, [aConcept({ slug: "gone" }), aConcept({ slug: "back" })]);
  await commit(store, [removal("Concept:gone"), removal("Concept:back"), renaming("Concept:c1", "renamed")]);
  await commit(store, [aConcept({ slug: "back" }), patch("Concept:c2", { title: "𝒜 ﬀ" })]);
  const draft = aDraft({
    id: "d1",
    comments: [{ by: "b", at: "2026-03-02T12:00:00.000Z", text: "𝒜" }],
  });
  await store.drafts.save(draft, { ...repeat, result: '"saved"' });
  await store.drafts.save(revised(draft, { title: "Another" }));
  await store.drafts.save(aDraft({ id: "d2", title: "x".repeat(600_000) }));
  await commit(store, [aConcept({ slug: "published" })], { publishes: { draft: "d2", version: 1 } });
  await store.keys.add(anApiKey({ id: "k1" }));
  await store.keys.revoke("k1", "2026-12-01T00:00:00.000Z");
}

const refusing = { code: "STORE_MISMATCH", message: expect.stringContaining("A restore into this store") as string };

describeNeo4j("a restore into Neo4j", (neo4j) => {
  const address = () => ({ ...neo4j.address, user: neo4j.address.user ?? "", password: neo4j.address.password ?? "" });
  const cli = (...args: readonly string[]) => {
    const { uri, user = "", password = "" } = neo4j.address;
    return runCli([...args, "--store", uri], { env: { NEO4J_USER: user, NEO4J_PASSWORD: password } });
  };
  const wiped = () => neo4j.emptyStore();
  const folder = mkdtempSync(path.join(tmpdir(), "fulcrum-filled-"));
  const filled = path.join(folder, "bank.db");
  beforeAll(() => withOpenStore({ path: filled }, fill));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Lends a copy of the file that holds something of everything. */
  const withFilled = <T>(use: (file: string) => Promise<T>): Promise<T> =>
    withFile((file) => {
      copyFileSync(filled, file);
      return use(file);
    });

  it("makes it the store that was backed up, in which it goes on; and so it is once more in a file", () =>
    withFilled((file) =>
      withOpenStore({ path: file }, async (original) => {
        const content = await wholeContent(original);
        expect(await runCli(["backup", "--store", `sqlite:${file}`, `${file}.backup`])).toMatchObject({ code: 0 });
        await wiped();
        const restored = await cli("restore", `${file}.backup`);
        expect(restored).toMatchObject({ code: 0, stdout: "" });
        const { revision, hash } = await original.head();
        expect(restored.stderr).toContain(`the log is chained up to ${revision}:${hash}`);

        const store = neo4j.openStore();
        await store.ping();
        expect(await wholeContent(store)).toEqual(content);
        expect(await store.drafts.resultOf(repeat)).toBe('"saved"');
        expect(await store.commit(...first)).toEqual({ ...(await original.commit(...first)), replayed: true });

        expect(await cli("backup", `${file}.again`)).toMatchObject({ code: 0 });
        await withOpenStore({ path: `${file}.again` }, async (copy) => {
          expect(await wholeContent(copy)).toEqual(content);
          expect(await copy.commit(...first)).toEqual({ ...(await original.commit(...first)), replayed: true });
        });

        const taken = commit(store, [aConcept({ slug: "gone-2" }), renaming("Concept:c2", "c1")]);
        await expect(taken).rejects.toMatchObject({ findings: [expect.objectContaining({ code: "SLUG_TAKEN" })] });
        expect(await commit(store, [aConcept({ slug: "next" }), removal("Concept:published")])).toMatchObject({
          revision: revision + 1,
        });
        await expectSound(store);
      }),
    ));

  it("is refused where there is anything: a graph, drafts, keys, or what others have put there", () =>
    withFilled(async (file) => {
      const store = await wiped();
      const things: readonly (readonly [() => Promise<unknown>, string])[] = [
        [() => store.drafts.save(aDraft({ id: "mine" })), "MATCH (n:_Draft|_DraftPart) DETACH DELETE n"],
        [() => store.keys.add(anApiKey({ id: "mine" })), "MATCH (n:_ApiKey) DELETE n"],
        [() => neo4j.query("CREATE (:Movie {title: 'Mine'})"), "MATCH (n:Movie) DELETE n"],
        [() => commit(store, [aConcept({ slug: "mine" })]), "MATCH (n:None) DELETE n"],
      ];
      for (const [put, takeAway] of things) {
        await put();
        const before = await neo4j.query("MATCH (n) RETURN count(n) AS nodes");
        await expect(loadNeo4j(address(), dumpBank(file))).rejects.toMatchObject({
          code: "INVALID_ARGUMENT",
          message: expect.stringContaining("is not empty") as string,
        });
        expect(await neo4j.query("MATCH (n) RETURN count(n) AS nodes")).toEqual(before);
        await store.ping();
        await neo4j.query(takeAway);
      }
      const refused = await cli("restore", file);
      expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining("is not empty") as string });
    }));

  it("that is cut short leaves a store that nothing opens, until it is done again", () =>
    withFilled(async (file) => {
      const open = await wiped();
      const cutShort = loadNeo4j(
        address(),
        (async function* () {
          for await (const part of dumpBank(file)) {
            if ("commitKeys" in part) throw new Error("cut short");
            yield part;
          }
        })(),
      );
      await expect(cutShort).rejects.toThrow("cut short");
      const late = neo4j.openStore();
      for (const store of [open, late]) {
        await expect(store.head()).rejects.toMatchObject(refusing);
        await expect(store.ping()).rejects.toMatchObject(refusing);
        await expect(store.migrate()).rejects.toMatchObject(refusing);
        await expect(commit(store, [aConcept({ slug: "mine" })])).rejects.toMatchObject(refusing);
      }
      for (const command of [["verify"], ["serve"], ["backup", `${file}.never`]])
        expect(await cli(...command)).toMatchObject({
          code: 1,
          stderr: expect.stringMatching(/^A restore into/) as string,
        });
      expect(await cli("restore", file)).toMatchObject({ code: 0, stdout: "" });
      await withOpenStore({ path: file }, async (original) =>
        expect(await wholeContent(late)).toEqual(await wholeContent(original)),
      );
    }));

  it("stops where another one has been started, and leaves that one whole", () =>
    withFilled(async (file) => {
      await wiped();
      const overtaken = loadNeo4j(
        address(),
        (async function* (): AsyncIterable<DumpPart> {
          for await (const part of dumpBank(file)) {
            yield part;
            if ("slugs" in part) await loadNeo4j(address(), dumpBank(file));
          }
        })(),
      );
      await expect(overtaken).rejects.toMatchObject({ code: "CONFLICT" });
      await expectSound(neo4j.openStore());
    }));

  it.each(["its answer", "commit"] as const)(
    "writes each batch once, whether COMMIT or its answer is lost (%s)",
    (what) =>
      withFilled(async (file) => {
        await wiped();
        const proxy = await BoltProxy.start(Number(new URL(neo4j.address.uri).port));
        try {
          await loadNeo4j(
            { ...address(), uri: proxy.uri },
            (async function* (): AsyncIterable<DumpPart> {
              for await (const part of dumpBank(file)) {
                expect(proxy.isArmed).toBe(false);
                if (!("expected" in part)) proxy.loseNext(what);
                yield part;
              }
            })(),
          );
        } finally {
          await proxy.stop();
        }
        const store = neo4j.openStore();
        await withOpenStore({ path: file }, async (original) =>
          expect(await wholeContent(store)).toEqual(await wholeContent(original)),
        );
        await expectSound(store);
      }),
  );

  it("brings a backup of an older format to this one", () =>
    withFilled(async (file) => {
      await withOpenStore({ path: file }, (store) => keepLogAsBefore(store, file));
      await wiped();
      const restored = await cli("restore", file);
      expect(restored).toMatchObject({ code: 0, stdout: "" });
      expect(restored.stderr).toContain("entries up to 5 are older than the chain");
    }));

  it("takes a backup of a store that holds nothing", () =>
    withFile(async (file) => {
      await withOpenStore({ path: file }, () => Promise.resolve());
      await wiped();
      expect(await cli("restore", file)).toMatchObject({ code: 0, stdout: "" });
      const store = neo4j.openStore();
      expect(await store.head()).toEqual({ revision: 0, hash: "" });
      expect((await commit(store, [aConcept({ slug: "a" })])).revision).toBe(1);
    }));

  it("does not take a dump without its end for whole", () =>
    withFilled(async (file) => {
      const store = await wiped();
      const endless = loadNeo4j(
        address(),
        (async function* () {
          for await (const part of dumpBank(file)) if (!("end" in part)) yield part;
        })(),
      );
      await expect(endless).rejects.toMatchObject({ code: "STORE_UNUSABLE" });
      await expect(store.ping()).rejects.toMatchObject(refusing);
    }));
});
