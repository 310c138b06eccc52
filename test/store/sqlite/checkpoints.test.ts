import { randomBytes } from "node:crypto";
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

/** Small enough that a test comes to it. */
const maxLogBytes = 400_000;
const aLongConcept = (n: number) => aConcept({ slug: `c${n}`, explanation: randomBytes(9_000).toString("hex") });

/** Reads a file so that at every moment somebody does, each a state of its own: the next one begins before one ends. */
function readWithoutPause(path: string) {
  const open = () => {
    const connection = new SqliteConnection(path);
    connection.execute("BEGIN");
    connection.row(sql`SELECT count(*) FROM node`);
    return connection;
  };
  let isEnding = false;
  const reading = (async () => {
    for (let current = open(), next; ; current = next) {
      await nextTurn();
      if (isEnding) return current.close();
      next = open();
      current.close();
    }
  })();
  return {
    end: async () => {
      isEnding = true;
      await reading;
    },
  };
}

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

  it("stays bounded where somebody writes while somebody reads at every moment", () =>
    withFile((path) =>
      withOpenStore({ path, idleMilliseconds: 600_000, maxLogBytes }, async (store) => {
        const reading = readWithoutPause(path);
        let [max, before, written] = [0, 0, 0];
        try {
          for (let n = 0; written < 8 * maxLogBytes; n++) {
            await commit(store, [aLongConcept(n)]);
            const size = await walOf(path);
            written += Math.max(0, size - before);
            [max, before] = [Math.max(max, size), size];
          }
        } finally {
          await reading.end();
        }
        // What one commit adds comes before the log is emptied.
        expect(max).toBeLessThan(2 * maxLogBytes);
      }),
    ));

  it("goes on beyond its bound where one reads for long, and is emptied once that has ended", () =>
    withFile((path) =>
      withOpenStore({ path, idleMilliseconds: 600_000, maxLogBytes }, async (store) => {
        await commit(store, [aLongConcept(0)]);
        const reader = new SqliteConnection(path);
        reader.execute("BEGIN");
        expect(reader.row(sql`SELECT count(*) FROM node`)).toEqual([1]);
        let n = 1;
        while ((await walOf(path)) < 2 * maxLogBytes) await commit(store, [aLongConcept(n++)]);
        expect(reader.row(sql`SELECT count(*) FROM node`)).toEqual([1]);
        reader.close();
        while ((await walOf(path)) >= maxLogBytes) await commit(store, [aLongConcept(n++)]);
        expect(await store.reader().count({ kind: "Concept" })).toBe(n);
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
