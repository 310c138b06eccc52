import { statSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite-store";
import { SqliteConnection } from "../../../src/store/sqlite/connection";
import { ontologyIndexes } from "../../../src/store/sqlite/ontology-indexes";
import { sql } from "../../../src/store/sqlite/sql";
import { commit } from "../../builders/changes";
import { aDraft } from "../../builders/drafts";
import { aLink } from "../../builders/links";
import { aConcept, aQuestion } from "../../builders/nodes";
import { keepLogAsBefore, tamper } from "./older-log";
import { withFile, withOpenStore, withStore } from "./store-file";
import { wholeCommits } from "../../builders/whole-commits";

/** From when on reads see what others have done to the file. */
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const mismatch = { code: "STORE_MISMATCH" };

function indexesIn(path: string): Map<string, string> {
  const connection = new SqliteConnection(path);
  const rows = connection.rows<[string, string]>(
    sql`SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND (name GLOB 'field_*' OR name GLOB 'position_*')`,
  );
  connection.close();
  return new Map(rows);
}

describe("a file", () => {
  it("that is new neither answers nor takes a commit until it is migrated", () =>
    withFile(async (path) => {
      const store = await openSqliteStore({ path });
      await expect(store.ping()).rejects.toMatchObject(mismatch);
      await expect(store.reader().revision()).rejects.toMatchObject(mismatch);
      await expect(store.reader().scan()[Symbol.asyncIterator]().next()).rejects.toMatchObject(mismatch);
      await expect(commit(store, [aConcept({ slug: "hnsw" })])).rejects.toMatchObject(mismatch);
      await store.migrate();
      await store.ping();
      expect(await commit(store, [aConcept({ slug: "hnsw" })])).toMatchObject({ revision: 1 });
      await store.close();
    }));

  it("keeps what it holds when it is closed and opened again", () =>
    withFile(async (path) => {
      await withOpenStore({ path }, (store) => commit(store, [aConcept({ slug: "hnsw" })]));
      await withOpenStore({ path }, async (store) => expect(await store.reader().count({ kind: "Concept" })).toBe(1));
    }));

  it("of a newer program is refused when it is opened, and by a store that has it open", () =>
    withStore(async (store, path) => {
      await commit(store, [aConcept({ slug: "hnsw" })]);
      tamper(path, "PRAGMA user_version = 1000");
      const refusal = { ...mismatch, message: expect.stringContaining("newer program") as string };
      await expect(openSqliteStore({ path })).rejects.toMatchObject(refusal);
      await expect(store.ping()).rejects.toMatchObject(refusal);
      await expect(store.migrate()).rejects.toMatchObject(refusal);
      await expect(store.reader().revision()).rejects.toMatchObject(refusal);
      await expect(commit(store, [aConcept({ slug: "ivf" })])).rejects.toMatchObject(refusal);
    }));

  it("of the first storage version is brought up to this one, with the history of what it holds", () =>
    withStore(async (store, path) => {
      await commit(store, [aConcept({ slug: "hnsw" }), aQuestion({ slug: "q" })]);
      await commit(store, [aLink("ABOUT", "Question:q", "Concept:hnsw")]);
      await keepLogAsBefore(store, path);
      tamper(
        path,
        `DROP TABLE findable; DROP INDEX commit_log_actor; ALTER TABLE commit_log DROP COLUMN draft;
         DROP TABLE draft; DROP TABLE repeat_key; DROP TABLE api_key; PRAGMA user_version = 1`,
      );
      await nextTurn();
      await expect(store.ping()).rejects.toMatchObject(mismatch);
      await store.migrate();
      const revisionsOf = async (subject: string) =>
        (await store.history(subject, { first: 9 })).commits.map(({ revision }) => revision);
      expect(await revisionsOf("Question:q")).toEqual([2, 1]);
      expect(await revisionsOf("Concept:hnsw")).toEqual([1]);
      expect(
        (await wholeCommits(store, { after: 0, first: 9, about: "ABOUT" })).map(({ revision }) => revision),
      ).toEqual([2]);
      await store.drafts.save(aDraft({ id: "d" }));
      await commit(store, [aConcept({ slug: "ivf" })], { publishes: { draft: "d", version: 1 } });
      expect((await wholeCommits(store, { after: 0, first: 9 })).map(({ draft }) => draft)).toEqual([
        undefined,
        undefined,
        "d",
      ]);
    }));

  it("holds the changes of a large commit in a third of their length, and tells them whole", () =>
    withStore(async (store, path) => {
      const summaries = Array.from({ length: 200 }, (_, index) => `Ünïcode ${"x".repeat(index % 7)} ${index}`);
      await commit(store, [aConcept({ slug: "hnsw" })]);
      await commit(
        store,
        summaries.map((summary, index) => aConcept({ slug: `c${100 + index}`, summary })),
      );
      const connection = new SqliteConnection(path);
      const [small, large] = connection.rows<[string, number]>(
        sql`SELECT typeof(kept), length(kept) FROM commit_part WHERE holds = 'changes' ORDER BY revision`,
      );
      connection.close();
      const [first, second] = await wholeCommits(store, { after: 0, first: 9 });
      expect(small).toEqual(["text", JSON.stringify(first?.changes).length]);
      expect(large?.[0]).toBe("blob");
      expect(large?.[1]).toBeLessThan(JSON.stringify(second?.changes).length / 3);
      expect(second?.changes).toMatchObject(summaries.map((summary) => ({ after: { fields: { summary } } })));
    }));

  it("of another program is refused, and left as it is", () =>
    withFile(async (path) => {
      tamper(path, "CREATE TABLE theirs (a); PRAGMA user_version = 1");
      await expect(openSqliteStore({ path })).rejects.toMatchObject(mismatch);
      const connection = new SqliteConnection(path);
      expect(connection.rows(sql`SELECT name FROM sqlite_schema`)).toEqual([["theirs"]]);
      expect(connection.row(sql`PRAGMA journal_mode`)).toEqual(["delete"]);
      connection.close();
    }));

  it("that is no database is refused", () =>
    withFile(async (path) => {
      await writeFile(path, "Not a database, but long enough to be looked at as one. ".repeat(50));
      await expect(openSqliteStore({ path })).rejects.toMatchObject(mismatch);
    }));

  it("in a folder that does not exist cannot be opened", () =>
    withFile(async (path) => {
      await expect(openSqliteStore({ path: join(path, "none", "bank.db") })).rejects.toMatchObject({
        code: "STORE_UNUSABLE",
        message: expect.stringContaining("folder does not exist") as string,
      });
    }));

  it("is for its user alone to read, with what SQLite puts beside it", () =>
    withStore(async (store, path) => {
      await commit(store, [aConcept({ slug: "a" })]);
      const modes = [path, `${path}-wal`, `${path}-shm`].map((each) => statSync(each).mode & 0o777);
      expect(modes.map((mode) => mode.toString(8))).toEqual(["600", "600", "600"]);
    }));

  it("has the indexes that the ontology asks for, no others, after each migration", () =>
    withStore(async (store, path) => {
      const asked = ontologyIndexes();
      expect([...asked.keys()]).toEqual(
        expect.arrayContaining(["field_Question_difficulty", "position_COVERS", "position_PART_OF"]),
      );
      expect(indexesIn(path)).toEqual(asked);
      tamper(
        path,
        `DROP INDEX field_Question_title; DROP INDEX field_Question_difficulty;
         CREATE INDEX field_Question_difficulty ON node (slug); CREATE INDEX field_Question_mood ON node (slug)`,
      );
      await store.migrate();
      expect(indexesIn(path)).toEqual(asked);
    }));

  it("is set up once when two processes migrate it at the same time", () =>
    withFile(async (path) => {
      const stores = await Promise.all([openSqliteStore({ path }), openSqliteStore({ path })]);
      await Promise.all(stores.map((store) => store.migrate()));
      await Promise.all(stores.map((store) => store.ping()));
      expect(indexesIn(path)).toEqual(ontologyIndexes());
      await Promise.all(stores.map((store) => store.close()));
    }));

  it("keeps its changes in a write-ahead log, so that readers and writers do not wait for each other", () =>
    withStore(async (_, path) => {
      const connection = new SqliteConnection(path);
      expect(connection.row(sql`PRAGMA journal_mode`)).toEqual(["wal"]);
      connection.close();
    }));

  it("that is closed takes and gives nothing", () =>
    withFile(async (path) => {
      const store = await openSqliteStore({ path });
      await store.migrate();
      await store.close();
      const closed = { code: "STORE_UNAVAILABLE", message: "The store is closed." };
      await expect(store.reader().revision()).rejects.toMatchObject(closed);
      await expect(commit(store, [aConcept({ slug: "hnsw" })])).rejects.toMatchObject(closed);
    }));
});
