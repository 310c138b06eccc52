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
 * Looks at a backup without changing it, and gives its revision. Throws INVALID_ARGUMENT for a file that is none, one that
 * is damaged, or one of a newer program.
 */
export async function checkBackup(file: string): Promise<{ readonly revision: number; readonly isCurrent: boolean }> {
  try {
    return await checkBank(file);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw new DomainError("INVALID_ARGUMENT", `${file} cannot be restored: ${error.message}`, { cause: error });
  }
}

/** What a restore would overwrite. */
export async function contentsAt(address: StoreAddress): Promise<Contents> {
  const target = sqliteFile(address);
  if (target !== null) return contentsOfFile(target);
  const { contentsOfNeo4j } = await import("./neo4j/neo4j-backup.js");
  return contentsOfNeo4j(neo4jAddress(address));
}

/**
 * Fills a store with what a backup holds, in the format of this program. The store must hold nothing, or a part of a
 * restore that was cut short. Until all is there it refuses to be opened or read, and after an interruption until it is
 * restored again.
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

/** Brings a store to the format of this program. */
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

/** How far long work is, in whatever it counts. */
type OnProgress = (step: { readonly done: number; readonly total: number }) => void;

/** Tells how far a dump is, in items and entries of the log, while it passes through. */
async function* reported<P extends LiveDumpPart>(parts: AsyncIterable<P>, onProgress: OnProgress): AsyncIterable<P> {
  let total = 0;
  let done = 0;
  for await (const part of parts) {
    if ("expected" in part) total = part.expected;
    const more = countIn(part);
    // More may have been written since they were counted.
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
