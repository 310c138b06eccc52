import type { HeadId } from "../domain/changes/change-set";
import { neo4jAddress, type StoreAddress } from "./open-store";
import { type OnProgress, reported } from "./progress";
import { sqliteFile } from "./sqlite-file";
import { checkBank, copyBank, finishCopy } from "./sqlite/copy-bank";
import { loadBank } from "./sqlite/load";

/**
 * Writes all that a store holds to a file, as it is at one moment, while others read and write it. The file, which must be
 * empty, is a SQLite store afterwards, whichever store it is a copy of. Gives the head that it holds, with the hash "" for
 * a log without commits or from before logs were chained. Throws NOT_FOUND where a SQLite store's file is not there,
 * STORE_MISMATCH for a Neo4j store of another format, and what the port throws.
 */
export async function backUp(from: StoreAddress, file: string, onProgress: OnProgress): Promise<HeadId> {
  const source = sqliteFile(from);
  if (source !== null) await copyBank(source, file, onProgress);
  else {
    const { dumpNeo4j } = await import("./neo4j/neo4j-backup.js");
    await loadBank(file, reported(dumpNeo4j(neo4jAddress(from)), onProgress));
  }
  await finishCopy(file);
  const { head, revision } = await checkBank(file);
  return head ?? { revision, hash: "" };
}
