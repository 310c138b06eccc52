import type { Database } from "../domain/database";
import { sqliteFile } from "./sqlite-file";
import { openSqliteStore } from "./sqlite/sqlite-store";

/** `url` is sqlite:PATH, or an address of Neo4j (neo4j://, bolt://); the rest is for Neo4j alone. */
export interface StoreAddress {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** Opens the store of an address. It is neither migrated nor known to be reachable yet. */
export async function openStore(address: StoreAddress): Promise<Database> {
  const file = sqliteFile(address);
  if (file !== null) return openSqliteStore({ path: file });
  // Its driver takes a third of a second to load, which a start without it need not wait for.
  const { openNeo4jStore } = await import("./neo4j/neo4j-store.js");
  return openNeo4jStore(neo4jAddress(address));
}

/** What its driver needs to know of a store in Neo4j. */
export const neo4jAddress = ({ url, ...rest }: StoreAddress) => ({ uri: url, ...rest });
