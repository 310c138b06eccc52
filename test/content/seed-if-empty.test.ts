import { exportBank } from "../../src/content/export-bank";
import { seedIfEmpty } from "../../src/content/seed-if-empty";
import type { DomainError } from "../../src/domain/errors";
import type { GraphStore } from "../../src/domain/graph/port";
import { commit, id, patch } from "../builders/changes";
import { withMemoryStore } from "../contract/with-store";
import { sampleTexts } from "./sample-bank";
import { readTexts, withFolder, writeTexts } from "./temporary-folder";

const limits = { items: 30, bytes: 1_000_000 };

/** Lends a bank's folder and an empty store. */
const withSeed = (use: (store: GraphStore, dir: string) => Promise<void>): Promise<void> =>
  withFolder((dir) =>
    withMemoryStore(async (store) => {
      await writeTexts(dir, sampleTexts);
      await use(store, dir);
    }),
  );

const exported = (store: GraphStore): Promise<Record<string, string>> =>
  withFolder(async (out) => {
    await exportBank(store, out);
    return readTexts(out);
  });

const failingAt = (store: GraphStore, failing: number): GraphStore => {
  let count = 0;
  return {
    ...store,
    commit: (...args) => (++count === failing ? Promise.reject(new Error("Killed.")) : store.commit(...args)),
  };
};

describe("seeding", () => {
  it("fills an empty store, once", () =>
    withSeed(async (store, dir) => {
      expect(await seedIfEmpty(store, dir)).toBe(true);
      expect(await exported(store)).toEqual(sampleTexts);
      expect(await seedIfEmpty(store, dir)).toBe(false);
    }));

  it("tells how far it is", () =>
    withSeed(async (store, dir) => {
      const steps: { done: number; total: number }[] = [];
      await seedIfEmpty(store, dir, { limits, onCommit: (step) => steps.push(step) });
      expect(steps.length).toBeGreaterThan(3);
      expect(steps.at(-1)?.done).toBe(steps[0]?.total);
    }));

  it("leaves a store alone that others have filled, or that was edited since", () =>
    withSeed(async (store, dir) => {
      await commit(store, [patch("Concept:hnsw", { title: "Mine", summary: "S" })]);
      expect(await seedIfEmpty(store, dir)).toBe(false);
      expect(Object.keys(await exported(store))).toEqual(["concepts/hnsw.yaml"]);
    }));

  it("leaves it alone after an edit, though the files have changed", () =>
    withSeed(async (store, dir) => {
      await seedIfEmpty(store, dir);
      await commit(store, [patch("Concept:hnsw", { title: "Mine" })]);
      await writeTexts(dir, { "tools/faiss.yaml": "title: Other\ncategory: CACHE\nsummary: S\n" });
      expect(await seedIfEmpty(store, dir)).toBe(false);
      expect((await store.reader().nodes([id("Tool:faiss")])).get(id("Tool:faiss"))).toMatchObject({ title: "FAISS" });
    }));

  it("that was killed is ended by the next start, edits made in between stay, and the one after that does nothing", () =>
    withSeed(async (store, dir) => {
      await expect(seedIfEmpty(failingAt(store, 4), dir, { limits })).rejects.toThrow("Killed.");
      await commit(store, [patch("Source:index-lab", { title: "Mine" })]);
      expect(await seedIfEmpty(store, dir, { limits })).toBe(true);
      const texts = await exported(store);
      expect(texts["sources/index-lab.yaml"]).toContain("title: Mine");
      expect({ ...texts, "sources/index-lab.yaml": sampleTexts["sources/index-lab.yaml"] }).toEqual(sampleTexts);
      for (let i = 0; i < 9; i++) await commit(store, [patch("Source:index-lab", { title: `Mine ${i}` })]);
      expect(await seedIfEmpty(store, dir)).toBe(false);
    }));

  it("refuses files that no store accepts, with their places, and writes nothing", () =>
    withSeed(async (store, dir) => {
      await writeTexts(dir, { "topics/tuning.yaml": "title: Tuning\n" });
      const error = await seedIfEmpty(store, dir).catch((thrown: unknown) => thrown as DomainError);
      expect(error).toMatchObject({ code: "INVALID_ARGUMENT" });
      expect((error as DomainError).message).toContain(
        `${dir}/topics/tuning.yaml:1:1 error required A Topic must have its summary.`,
      );
      expect(await store.reader().revision()).toBe(0);
    }));
});
