import type { HeadId } from "../domain/changes/change-set";
import { DomainError } from "../domain/errors";
import type { StoreAddress } from "./open-store";
import { sqliteFile } from "./sqlite-file";
import { checkBank, copyBank, finishCopy } from "./sqlite/copy-bank";

/** How far long work is, in whatever it counts. */
export type OnProgress = (step: { readonly done: number; readonly total: number }) => void;

/**
 * Writes all that a SQLite store holds to a file, as it is at one moment, while others read and write it. The file, which
 * must be empty, is a SQLite store itself afterwards. Gives the head that it holds, with the hash "" for a log without
 * commits or from before logs were chained. Throws NOT_FOUND where the store's file is not there, INVALID_ARGUMENT for a
 * store in Neo4j, and what the port throws.
 */
export async function backUp(from: StoreAddress, file: string, onProgress: OnProgress): Promise<HeadId> {
  const source = sqliteFile(from);
  if (source === null)
    throw new DomainError("INVALID_ARGUMENT", "Stores in Neo4j are backed up by neo4j-admin database dump.");
  await copyBank(source, file, onProgress);
  await finishCopy(file);
  const { head, revision } = await checkBank(file);
  return head ?? { revision, hash: "" };
}
