import type { Contents } from "../domain/backup/contents";
import { DomainError } from "../domain/errors";
import type { OnProgress } from "./back-up";
import { openStore, type StoreAddress } from "./open-store";
import { sqliteFile } from "./sqlite-file";
import { beginRestore, checkBank, contentsOfFile, copyBank } from "./sqlite/copy-bank";

/**
 * Looks at a backup without changing it, and gives its revision. Throws INVALID_ARGUMENT for a file that is none, one that
 * is damaged, or one of a newer program.
 */
export async function checkBackup(file: string): Promise<{ readonly revision: number }> {
  try {
    return await checkBank(file);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw new DomainError("INVALID_ARGUMENT", `${file} cannot be restored: ${error.message}`, { cause: error });
  }
}

/** What a restore would overwrite. */
export const contentsAt = (address: StoreAddress): Promise<Contents> => contentsOfFile(fileOf(address));

/**
 * Fills a store with what a backup holds, in the format of this program. The store must hold nothing, or a part of a
 * restore that was cut short. Until all is there it refuses to be opened or read, and after an interruption until it is
 * restored again.
 */
export async function restore(file: string, to: StoreAddress, onProgress: OnProgress): Promise<void> {
  const target = fileOf(to);
  await beginRestore(target);
  await copyBank(file, target, onProgress);
  const store = await openStore(to);
  try {
    await store.migrate();
    await store.settle();
  } finally {
    await store.close();
  }
}

function fileOf(address: StoreAddress): string {
  const file = sqliteFile(address);
  if (file === null) throw new DomainError("INVALID_ARGUMENT", "Only stores in SQLite can be restored so far.");
  return file;
}
