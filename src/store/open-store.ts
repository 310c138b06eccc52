import type { Database } from "../domain/database";
import { openNeo4jStore } from "./neo4j/neo4j-store";
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
  return url.startsWith("sqlite:")
    ? openSqliteStore({ path: url.slice("sqlite:".length) })
    : openNeo4jStore({ uri: url, user, password, database });
}
