import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Contents, LiveDumpPart } from "../domain/backup/dump";
import type { HeadId } from "../domain/changes/change-set";
import { DomainError } from "../domain/errors";
import { neo4jAddress, openStore, type StoreAddress } from "./open-store";
import { sqliteFile } from "./sqlite-file";
import { beginRestore, checkBank, contentsOfFile, copyBank, dumpBank, finishCopy } from "./sqlite/copy-bank";
import { loadBank } from "./sqlite/load";

/**
 * Checks a backup file without changing it. Returns its revision, and whether it has the format of this program and not
 * an older one. Throws INVALID_ARGUMENT for a file that is missing, damaged, no backup or from a newer program.
 */
export async function checkBackup(file: string): Promise<{ readonly revision: number; readonly isCurrent: boolean }> {
  try {
    return await checkBank(file);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw new DomainError("INVALID_ARGUMENT", `${file} cannot be restored: ${error.message}`, { cause: error });
  }
}

/**
 * Returns what a restore would meet at an address: NOTHING, UNFINISHED (a part of a restore) or SOMETHING. Throws
 * STORE_MISMATCH for contents that this program does not know.
 */
export async function contentsAt(address: StoreAddress): Promise<Contents> {
  const target = sqliteFile(address);
  if (target !== null) return contentsOfFile(target);
  const { contentsOfNeo4j } = await import("./neo4j/neo4j-backup.js");
  return contentsOfNeo4j(neo4jAddress(address));
}

/**
 * Fills a store from a backup file, in the format of this program. The store must be empty or hold a part of an
 * interrupted restore. It cannot be opened or read until a restore into it is complete.
 */
export async function restore(file: string, to: StoreAddress, onProgress: OnProgress): Promise<void> {
  const target = sqliteFile(to);
  if (target === null) return restoreToNeo4j(file, to, onProgress);
  await beginRestore(target);
  await copyBank(file, target, onProgress);
  await upgrade(to);
}

async function restoreToNeo4j(file: string, to: StoreAddress, onProgress: OnProgress): Promise<void> {
  const { loadNeo4j } = await import("./neo4j/neo4j-backup.js");
  const load = (current: string) => loadNeo4j(neo4jAddress(to), reported(dumpBank(current), onProgress));
  const { isCurrent } = await checkBackup(file);
  if (isCurrent) return load(file);
  const folder = await mkdtemp(path.join(tmpdir(), "fulcrum-restore-"));
  try {
    const current = path.join(folder, "bank.db");
    await copyBank(file, current, () => undefined);
    await upgrade({ ...to, url: `sqlite:${current}` });
    await load(current);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function upgrade(address: StoreAddress): Promise<void> {
  const store = await openStore(address);
  try {
    await store.migrate();
    await store.settle();
  } finally {
    await store.close();
  }
}

/**
 * Copies a whole store, as it is at one moment, to an empty file. Others may read and write the store meanwhile. The
 * file becomes a SQLite store, even if the source is Neo4j. Returns the head of the copy; its hash is "" for a log that
 * has no commits or is not chained yet. Throws NOT_FOUND if the file of a SQLite store is missing, STORE_MISMATCH for a
 * Neo4j store of another format, and what the port throws.
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

/** Called with the progress of long work. The unit of `done` and `total` depends on the work. */
type OnProgress = (step: { readonly done: number; readonly total: number }) => void;

/** Passes a dump through and reports its progress, in items and log entries. */
async function* reported<P extends LiveDumpPart>(parts: AsyncIterable<P>, onProgress: OnProgress): AsyncIterable<P> {
  let total = 0;
  let done = 0;
  for await (const part of parts) {
    if ("expected" in part) total = part.expected;
    const more = countIn(part);
    // Items and entries may have been written since the dump counted them.
    total = Math.max(total, (done += more));
    if (more > 0 && done < total) onProgress({ done, total });
    yield part;
  }
  onProgress({ done: total, total });
}

function countIn(part: LiveDumpPart): number {
  if ("items" in part) return part.items.length;
  if ("entries" in part) return part.entries.length;
  return "laterEntries" in part ? part.laterEntries.length : 0;
}
