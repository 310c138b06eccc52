import type { Database } from "../domain/database";
import { openSqliteStore } from "./sqlite/sqlite-store";

/** `url` is sqlite:PATH, or an address of Neo4j (neo4j://, bolt://); the rest is for Neo4j alone. */
export interface StoreAddress {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** Opens the store of an address. It is neither migrated nor known to be reachable yet. */
export async function openStore({ url, user, password, database }: StoreAddress): Promise<Database> {
  if (url.startsWith("sqlite:")) return openSqliteStore({ path: url.slice("sqlite:".length) });
  // Its driver takes a third of a second to load, which a start without it need not wait for.
  const { openNeo4jStore } = await import("./neo4j/neo4j-store.js");
  return openNeo4jStore({ uri: url, user, password, database });
}
