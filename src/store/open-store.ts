import type { Database } from "../domain/database";
import { DomainError } from "../domain/errors";
import { sqliteFile } from "./sqlite-file";
import { openSqliteStore } from "./sqlite/sqlite-store";

/** `url` is sqlite:PATH, or an address of Neo4j (neo4j://, bolt://); the rest is for Neo4j alone. */
export interface StoreAddress {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** Opens the store at an address, which is neither migrated nor known to be reachable yet. Throws INVALID_ARGUMENT for an unknown one. */
export async function openStore(address: StoreAddress): Promise<Database> {
  const file = sqliteFile(address);
  if (file !== null) return openSqliteStore({ path: file });
  if (!/^(?:neo4j|bolt)(?:\+s|\+ssc)?:\/\//.test(address.url))
    throw new DomainError(
      "INVALID_ARGUMENT",
      `No store has the address ${JSON.stringify(address.url)}; it is sqlite:PATH, neo4j://HOST or bolt://HOST.`,
    );
  // Its driver takes a third of a second to load, which a start without it need not wait for.
  const { openNeo4jStore } = await import("./neo4j/neo4j-store.js");
  return openNeo4jStore(neo4jAddress(address));
}

/** What its driver needs to know of a store in Neo4j. */
export const neo4jAddress = ({ url, ...rest }: StoreAddress) => ({ uri: url, ...rest });
