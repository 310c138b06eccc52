import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database } from "../../src/domain/database";
import { openSqliteStore } from "../../src/store/sqlite/sqlite-store";
import { describeNeo4j } from "../neo4j/neo4j-for-tests";

/** One database of its own, migrated and empty. */
export interface TestDatabase {
  /** Another connection to it, as another process would have; it is closed with the database. */
  open(): Promise<Database>;
}

export type WithDatabase = <T>(use: (database: TestDatabase) => Promise<T>) => Promise<T>;

/** Declares the tests for each store with real transactions. */
export function onBothStores(name: string, tests: (store: string, withDatabase: WithDatabase) => void): void {
  describe(`${name}, on SQLite`, () => tests("SQLite", withSqlite));
  describeNeo4j(`${name}, on Neo4j`, (neo4j) =>
    tests("Neo4j", async (use) => {
      await neo4j.emptyStore();
      return use({ open: async () => neo4j.openStore() });
    }),
  );
}

export const withSqlite: WithDatabase = async (use) => {
  const folder = await mkdtemp(join(tmpdir(), "fulcrum-long-"));
  const stores: Database[] = [];
  const open = async (): Promise<Database> => {
    const store = await openSqliteStore({ path: join(folder, "bank.db"), lockMilliseconds: 60_000 });
    stores.push(store);
    return store;
  };
  try {
    await (await open()).migrate();
    return await use({ open });
  } finally {
    await Promise.all(stores.map((store) => store.close()));
    await rm(folder, { recursive: true });
  }
};
