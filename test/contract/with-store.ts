import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database } from "../../src/domain/database";
import { createMemoryStore } from "../../src/store/memory/memory-store";
import { openSqliteStore } from "../../src/store/sqlite/sqlite-store";

/** Lends a migrated and empty store of its own to each use. */
export type WithStore = <T>(use: (store: Database) => Promise<T>) => Promise<T>;
type WithFile = <T>(use: (store: Database, path: string) => Promise<T>) => Promise<T>;

export const withMemoryStore: WithStore = (use) => use(createMemoryStore());

/** Tells the file, too. */
export const withSqliteStore: WithFile = async (use) => {
  const folder = await mkdtemp(join(tmpdir(), "fulcrum-contract-"));
  const path = join(folder, "bank.db");
  const store = await openSqliteStore({ path, lockMilliseconds: 60_000 });
  try {
    await store.migrate();
    return await use(store, path);
  } finally {
    await store.close();
    await rm(folder, { recursive: true });
  }
};
