import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { commit } from "../../builders/changes";
import { aConcept } from "../../builders/nodes";
import { longestStall } from "./event-loop";
import { withStore } from "./store-file";

/** Lends the time in which another process holds the file's write lock, for so many milliseconds at most. */
async function whileLocked<T>(path: string, milliseconds: number, use: () => Promise<T>): Promise<T> {
  const holder: ChildProcess = spawn(process.execPath, [join(__dirname, "hold-lock.cjs"), path, String(milliseconds)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(holder, "exit");
  try {
    await once(holder.stdout!, "data");
    return await use();
  } finally {
    holder.kill();
    await ended;
  }
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly milliseconds: number }> {
  const start = performance.now();
  const result = await work();
  return { result, milliseconds: performance.now() - start };
}

const hnsw = [aConcept({ slug: "hnsw" })];

describe("while another process holds the write lock", () => {
  it("for 2 s, a commit waits for it and succeeds, readers read, and the event loop does not stand still", () =>
    withStore((store, path) =>
      whileLocked(path, 2_000, async () => {
        const stall = await longestStall(async () => {
          const waiting = timed(() => commit(store, hnsw));
          expect(await store.reader().revision()).toBe(0);
          const { result, milliseconds } = await waiting;
          expect(result).toEqual({ revision: 1, changes: 1, replayed: false });
          expect(milliseconds).toBeGreaterThan(1_500);
        });
        expect(stall).toBeLessThan(100);
        expect(await store.reader().count({ kind: "Concept" })).toBe(1);
      }),
    ));

  it("for 6 s, commits give up after 3 s, nothing is written, and the same commit succeeds later", () =>
    withStore(async (store, path) => {
      const retry = { idempotencyKey: "again" };
      await whileLocked(path, 6_000, async () => {
        const stall = await longestStall(async () => {
          const { result, milliseconds } = await timed(() =>
            Promise.allSettled([commit(store, hnsw, retry), commit(store, [aConcept({ slug: "ivf" })])]),
          );
          expect(result).toMatchObject([
            { status: "rejected", reason: { code: "STORE_UNAVAILABLE" } },
            { status: "rejected", reason: { code: "STORE_UNAVAILABLE" } },
          ]);
          expect(milliseconds).toBeGreaterThan(2_500);
          expect(milliseconds).toBeLessThan(4_000);
        });
        expect(stall).toBeLessThan(100);
        expect(await store.reader().revision()).toBe(0);
      });
      expect(await commit(store, hnsw, retry)).toEqual({ revision: 1, changes: 1, replayed: false });
      expect(await store.reader().count({ kind: "Concept" })).toBe(1);
    }));
});
