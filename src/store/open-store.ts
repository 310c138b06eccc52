import type { Database } from "../domain/database";
import { DomainError } from "../domain/errors";
import { sqliteFile } from "./sqlite-file";
import { openSqliteStore } from "./sqlite/sqlite-store";

/**
 * The address of a store: `sqlite:bank.db`, `neo4j://localhost:7687` or `bolt://localhost:7687` (also `+s`, `+ssc`).
 * Only Neo4j uses the other fields.
 */
export interface StoreAddress {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/**
 * Opens the store at an address. The store may still be unreachable and in need of migration. Throws INVALID_ARGUMENT
 * for a URL of an unknown form.
 */
export async function openStore(address: StoreAddress): Promise<Database> {
  const file = sqliteFile(address);
  if (file !== null) return openSqliteStore({ path: file });
  if (!/^(?:neo4j|bolt)(?:\+s|\+ssc)?:\/\//.test(address.url))
    throw new DomainError(
      "INVALID_ARGUMENT",
      `No store has the address ${JSON.stringify(address.url)}; it is sqlite:PATH, neo4j://HOST or bolt://HOST.`,
    );
  // The Neo4j driver takes a third of a second to load, for which a start with SQLite need not wait.
  const { openNeo4jStore } = await import("./neo4j/neo4j-store.js");
  return openNeo4jStore(neo4jAddress(address));
}

/** Returns the address as a `Neo4jAddress`, which names the URL `uri`. */
export const neo4jAddress = ({ url, ...rest }: StoreAddress) => ({ uri: url, ...rest });
