import { existsSync } from "node:fs";
import { Option } from "commander";
import { readConfig, variables } from "../config";
import type { Database } from "../domain/database";
import { DomainError } from "../domain/errors";
import type { StoreAddress } from "../store/open-store";
import { sqliteFile } from "../store/sqlite-file";

export interface StoreOption {
  readonly store?: string;
}

export const storeOption = (): Option =>
  new Option(
    "--store <url>",
    `where the graph is: sqlite:PATH, neo4j://HOST or bolt://HOST (default: FULCRUM_STORE, or ${variables.FULCRUM_STORE.fallback})`,
  );

/** Returns the environment, with FULCRUM_STORE set to the option's store if it names one. */
export const environment = ({ store }: StoreOption): NodeJS.ProcessEnv =>
  store === undefined ? process.env : { ...process.env, FULCRUM_STORE: store };

export const storeAddress = (option: StoreOption): StoreAddress => readConfig(environment(option)).store;

type Use<T> = (store: Database) => Promise<T>;

/** Opens the store, sets it up or upgrades it, and closes it at the end. */
export const withStore = <T>(option: StoreOption, use: Use<T>): Promise<T> =>
  withOpenStore(option, async (store) => {
    await store.migrate();
    return use(store);
  });

/**
 * Opens the store as it is, and closes it at the end. Throws NOT_FOUND if a SQLite store's file does not exist, and
 * STORE_MISMATCH for a store that is not set up or has another format.
 */
export function withStoreAsItIs<T>(option: StoreOption, use: Use<T>): Promise<T> {
  const file = sqliteFile(storeAddress(option));
  if (file !== null && !existsSync(file)) throw new DomainError("NOT_FOUND", `There is no file ${file}.`);
  return withOpenStore(option, async (store) => {
    await store.ping();
    return use(store);
  });
}

async function withOpenStore<T>(option: StoreOption, use: Use<T>): Promise<T> {
  // The drivers take longer to load than the commands that need no store.
  const { openStore } = await import("../store/open-store.js");
  const store = await openStore(storeAddress(option));
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}
