import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Contents } from "../domain/backup/dump";
import { DomainError } from "../domain/errors";
import { neo4jAddress, openStore, type StoreAddress } from "./open-store";
import { type OnProgress, reported } from "./progress";
import { sqliteFile } from "./sqlite-file";
import { beginRestore, checkBank, contentsOfFile, copyBank, dumpBank } from "./sqlite/copy-bank";

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
