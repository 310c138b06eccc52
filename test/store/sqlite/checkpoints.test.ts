import { copyFile, stat } from "node:fs/promises";
import { setImmediate as nextTurn } from "node:timers/promises";
import { SqliteConnection } from "../../../src/store/sqlite/connection";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite-store";
import { sql } from "../../../src/store/sqlite/sql";
import { commit } from "../../builders/changes";
import { aConcept } from "../../builders/nodes";
import { withFile, withOpenStore } from "./store-file";

const long = "All of it. ".repeat(1_500).trim();
const concepts = (count: number) =>
  Array.from({ length: count }, (_, n) => aConcept({ slug: `c${n}`, explanation: long }));
/** Ends when the log of a file is empty; the test's own time limits it. */
async function untilEmpty(path: string): Promise<void> {
  while ((await walOf(path)) > 0) await nextTurn();
}
const walOf = async (path: string) => (await stat(`${path}-wal`)).size;

describe("the write-ahead log", () => {
  it.each([
    ["a small commit", 1],
    ["a commit of many megabytes", 400],
  ])("is empty when nobody has written for a while after %s, so that a copy of the file alone holds all", (_, count) =>
    withFile((path) =>
      withOpenStore({ path, idleMilliseconds: 5 }, async (store) => {
        await commit(store, concepts(count));
        await untilEmpty(path);
        await copyFile(path, `${path}.copy`);
        await withOpenStore({ path: `${path}.copy` }, async (copy) => {
          expect(await copy.reader().revision()).toBe(1);
          expect(await copy.reader().count({ kind: "Concept" })).toBe(count);
        });
      }),
    ),
  );

  it("waits for a reader of an older state, and is emptied after the next write", () =>
    withFile((path) =>
      withOpenStore({ path, idleMilliseconds: 5 }, async (store) => {
        await commit(store, concepts(1));
        await untilEmpty(path);
        const other = new SqliteConnection(path);
        other.execute("BEGIN");
        expect(other.row(sql`SELECT count(*) FROM node`)).toEqual([1]);
        await commit(store, [aConcept({ slug: "later" })]);
        expect(await walOf(path)).toBeGreaterThan(0);
        expect(other.row(sql`SELECT count(*) FROM node`)).toEqual([1]);
        other.close();
        await commit(store, [aConcept({ slug: "last" })]);
        await untilEmpty(path);
        expect(await store.reader().count({ kind: "Concept" })).toBe(3);
      }),
    ));

  it("is emptied when a store that wrote is closed, though others have the file open", () =>
    withFile(async (path) => {
      const server = await openSqliteStore({ path });
      await withOpenStore({ path, idleMilliseconds: 600_000 }, async (importer) => {
        await commit(importer, concepts(3));
        expect(await walOf(path)).toBeGreaterThan(0);
      });
      expect(await walOf(path)).toBe(0);
      expect(await server.reader().count({ kind: "Concept" })).toBe(3);
      await server.close();
    }));
});
