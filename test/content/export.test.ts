import { rename, stat, symlink } from "node:fs/promises";
import { join } from "node:path";
import { exportBank } from "../../src/content/export-bank";
import { importBank } from "../../src/content/import-bank";
import type { GraphStore } from "../../src/domain/graph/port";
import { withMemoryStore } from "../contract/with-store";
import { sampleTexts } from "./sample-bank";
import { readTexts, withFolder, writeTexts } from "./temporary-folder";

/** Lends a store with the sample bank and a folder that holds its files. */
const withBank = (use: (store: GraphStore, dir: string) => Promise<void>): Promise<void> =>
  withFolder((dir) =>
    withMemoryStore(async (store) => {
      await writeTexts(dir, sampleTexts);
      await importBank(store, dir);
      await use(store, dir);
    }),
  );

describe("an export", () => {
  it("writes only the files that differ", () =>
    withBank(async (store, dir) => {
      const path = join(dir, "roles/ml-engineer.yaml");
      const before = (await stat(path)).mtimeMs;
      await writeTexts(dir, { "tools/faiss.yaml": "title: Other\ncategory: CACHE\nsummary: S\n" });
      expect(await exportBank(store, dir)).toEqual({ written: ["tools/faiss.yaml"], unchanged: 13, stale: [] });
      expect([await readTexts(dir), (await stat(path)).mtimeMs]).toEqual([sampleTexts, before]);
    }));

  it("leaves files of nodes that the store does not hold, unless it is to prune", () =>
    withBank(async (store, dir) => {
      await writeTexts(dir, { "topics/old.yaml": "title: Old\nsummary: S\n", "topics/torn.yaml": "\0" });
      const { stale } = await exportBank(store, dir);
      expect(stale).toEqual(["topics/old.yaml", "topics/torn.yaml"]);
      expect(Object.keys(await readTexts(dir))).toEqual(expect.arrayContaining(stale));
      await exportBank(store, dir, { prune: true });
      expect(await readTexts(dir)).toEqual(sampleTexts);
    }));

  it("refuses a folder that holds other things, unless forced, and never deletes them", () =>
    withBank(async (store) =>
      withFolder(async (dir) => {
        await writeTexts(dir, { "photo.jpg": "x", "topics/notes.txt": "x" });
        await expect(exportBank(store, dir)).rejects.toThrow(
          `The folder ${dir} holds other things than a bank: photo.jpg, topics/notes.txt.`,
        );
        expect(Object.keys(await readTexts(dir))).toEqual(["photo.jpg", "topics/notes.txt"]);
        await exportBank(store, dir, { force: true, prune: true });
        expect(await readTexts(dir)).toEqual({ ...sampleTexts, "photo.jpg": "x", "topics/notes.txt": "x" });
      }),
    ));

  it("makes the folder where there is none", () =>
    withBank(async (store, dir) => {
      await exportBank(store, join(dir, "new", "bank"));
      expect(await readTexts(join(dir, "new", "bank"))).toEqual(sampleTexts);
    }));

  it("does not write through a symbolic link to elsewhere, not even when forced", () =>
    withBank(async (store, dir) => {
      await rename(join(dir, "topics"), join(dir, ".topics"));
      await symlink(join(dir, ".topics"), join(dir, "topics"));
      await writeTexts(dir, { ".topics/tuning.yaml": "mine" });
      await expect(exportBank(store, dir, { force: true })).rejects.toThrow(
        "is a symbolic link; nothing is written through it.",
      );
      expect((await readTexts(dir))[".topics/tuning.yaml"]).toBe("mine");
    }));
});
