import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { commit } from "../../builders/changes";
import { aConcept } from "../../builders/nodes";
import { longestStall } from "./event-loop";
import { withFile, withOpenStore } from "./store-file";

/** Lends the time in which another process holds the file's write lock, and the way to end it. */
async function whileLocked<T>(path: string, use: (unlock: () => void) => Promise<T>): Promise<T> {
  const holder: ChildProcess = spawn(process.execPath, [join(__dirname, "hold-lock.cjs"), path], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = once(holder, "exit");
  try {
    await once(holder.stdout!, "data");
    return await use(() => holder.stdin!.end());
  } finally {
    holder.kill();
    await ended;
  }
}

const hnsw = [aConcept({ slug: "hnsw" })];

describe("while another process holds the write lock", () => {
  it("a commit waits for it and succeeds, readers read, and the event loop does not stand still", () =>
    withFile((path) =>
      withOpenStore({ path, lockMilliseconds: 60_000 }, (store) =>
        whileLocked(path, async (unlock) => {
          let isWaiting = true;
          const stall = await longestStall(async () => {
            const waiting = commit(store, hnsw).finally(() => (isWaiting = false));
            for (let turn = 0; turn < 20; turn++) {
              await wait(10);
              expect(await store.reader().revision()).toBe(0);
            }
            expect(isWaiting).toBe(true);
            unlock();
            expect(await waiting).toEqual({ revision: 1, changes: 1, replayed: false });
          });
          expect(stall).toBeLessThan(100);
          expect(await store.reader().count({ kind: "Concept" })).toBe(1);
        }),
      ),
    ));

  it("for too long, commits give up, nothing is written, and the same commit succeeds later", () =>
    withFile((path) =>
      withOpenStore({ path, lockMilliseconds: 500 }, async (store) => {
        const retry = { idempotencyKey: "again" };
        await whileLocked(path, async () => {
          const stall = await longestStall(async () => {
            expect(
              await Promise.allSettled([commit(store, hnsw, retry), commit(store, [aConcept({ slug: "ivf" })])]),
            ).toMatchObject([
              { status: "rejected", reason: { code: "STORE_UNAVAILABLE" } },
              { status: "rejected", reason: { code: "STORE_UNAVAILABLE" } },
            ]);
          });
          expect(stall).toBeLessThan(100);
          expect(await store.reader().revision()).toBe(0);
        });
        expect(await commit(store, hnsw, retry)).toEqual({ revision: 1, changes: 1, replayed: false });
        expect(await store.reader().count({ kind: "Concept" })).toBe(1);
      }),
    ));
});
