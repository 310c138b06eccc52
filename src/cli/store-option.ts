import { Option } from "commander";
import { readConfig, variables } from "../config";
import type { Database } from "../domain/database";
import type { StoreAddress } from "../store/open-store";

export interface StoreOption {
  readonly store?: string;
}

export const storeOption = (): Option =>
  new Option(
    "--store <url>",
    `where the graph is: sqlite:PATH, neo4j://HOST or bolt://HOST (default: FULCRUM_STORE, or ${variables.FULCRUM_STORE.fallback})`,
  );

/** The environment with the store that the option names. */
export const environment = ({ store }: StoreOption): NodeJS.ProcessEnv =>
  store === undefined ? process.env : { ...process.env, FULCRUM_STORE: store };

export const storeAddress = (option: StoreOption): StoreAddress => readConfig(environment(option)).store;

/** Opens the store, sets it up where it is not, and closes it at the end. */
export async function withStore<T>(option: StoreOption, use: (store: Database) => Promise<T>): Promise<T> {
  // The drivers take longer to load than the commands that need no store.
  const { openStore } = await import("../store/open-store.js");
  const store = await openStore(storeAddress(option));
  try {
    await store.migrate();
    return await use(store);
  } finally {
    await store.close();
  }
}
