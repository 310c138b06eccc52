import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database } from "../../../src/domain/database";
import { openSqliteStore, type SqliteOptions } from "../../../src/store/sqlite/sqlite-store";

/** Lends the path of a file that does not exist yet, in a folder of its own. */
export async function withFile<T>(use: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "fulcrum-sqlite-"));
  try {
    return await use(join(folder, "bank.db"));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Lends the store in a file, migrated. */
export async function withOpenStore<T>(options: SqliteOptions, use: (store: Database) => Promise<T>): Promise<T> {
  const store = await openSqliteStore(options);
  try {
    await store.migrate();
    return await use(store);
  } finally {
    await store.close();
  }
}

/** Lends a migrated store in a file of its own. */
export const withStore = <T>(use: (store: Database, path: string) => Promise<T>): Promise<T> =>
  withFile((path) => withOpenStore({ path, lockMilliseconds: 60_000 }, (store) => use(store, path)));
