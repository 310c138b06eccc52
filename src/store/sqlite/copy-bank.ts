import { statSync } from "node:fs";
import type { Contents, DumpPart } from "../../domain/backup/dump";
import type { HeadId } from "../../domain/changes/change-set";
import { DomainError } from "../../domain/errors";
import { headOfLog } from "./commit-log";
import { type CopyStep, SqliteConnection } from "./connection";
import { copyFailure, retryWhileBusy } from "./driver-errors";
import { dump } from "./dump";
import { contentsOf, markUnfinished, storageVersion } from "./format";
import { migrations } from "./migrations";
import { sql } from "./sql";
import { openableFile } from "./store-file";

/**
 * Copies the bank in a file to another file, as it is at one moment, whoever reads and writes it meanwhile; what lies in
 * its write-ahead log is part of it. The storage version stays as it is. The other file holds what it held before, until
 * all is there.
 *
 * SQLite's backup interface copies pages in steps on another thread: it can be interrupted and says how far it is, which
 * `VACUUM INTO` cannot, and takes two thirds of its processor time. The open transaction keeps writers from making it start
 * again; meanwhile the write-ahead log cannot be emptied and grows by what is written.
 *
 * Throws NOT_FOUND where there is no file, STORE_MISMATCH for one that holds no bank, STORE_UNUSABLE or STORE_UNAVAILABLE
 * for what cannot be read or written.
 */
export async function copyBank(from: string, to: string, onProgress: (step: CopyStep) => void): Promise<void> {
  const source = await openBank(from);
  try {
    await source.copyTo(to, onProgress);
  } catch (error) {
    throw copyFailure(error, from, to);
  } finally {
    source.close();
  }
}

/** All that the bank in a file holds, see `dump`. Throws what `copyBank` throws, STORE_MISMATCH for an older format. */
export async function* dumpBank(path: string): AsyncIterable<DumpPart> {
  const bank = await openBank(path);
  try {
    yield* dump(bank);
  } finally {
    bank.close();
  }
}

/** Makes a copy one file that needs no other beside it, and can be read where nothing may be written. */
export async function finishCopy(path: string): Promise<void> {
  const copy = await retryWhileBusy(() => new SqliteConnection(path));
  try {
    await retryWhileBusy(() => copy.execute("PRAGMA journal_mode = DELETE"));
  } finally {
    copy.close();
  }
}

/** What a file holds that is a bank. */
interface BankInFile {
  /** Whether it has the format of this program, and not an older one. */
  readonly isCurrent: boolean;
  /** Null for a storage version before entries of the log were chained. */
  readonly head: HeadId | null;
  readonly revision: number;
}

/** Looks through all pages of the file. Throws what `copyBank` throws, STORE_UNUSABLE for damage. */
export async function checkBank(path: string): Promise<BankInFile> {
  const bank = await openBank(path);
  try {
    return await retryWhileBusy(() => {
      const [finding] = bank.row<[string]>(sql`PRAGMA quick_check(1)`) as [string];
      if (finding !== "ok")
        throw new DomainError("STORE_UNUSABLE", `${path} is damaged: ${finding.split("\n").at(-1)}.`);
      const [revision] = bank.row<[number]>(sql`SELECT ifnull(max(revision), 0) FROM commit_log`) as [number];
      const isChained = bank.row(sql`SELECT 1 FROM pragma_table_info('commit_log') WHERE name = 'hash'`) !== undefined;
      return {
        isCurrent: storageVersion(bank) === migrations.length,
        head: isChained ? headOfLog(bank) : null,
        revision,
      };
    });
  } catch (error) {
    throw copyFailure(error, path, path);
  } finally {
    bank.close();
  }
}

/** What a restore to the file would meet; the file need not be there. Throws STORE_MISMATCH for another program's. */
export async function contentsOfFile(path: string): Promise<Contents> {
  if (!statSync(path, { throwIfNoEntry: false })) return "NOTHING";
  const file = await retryWhileBusy(() => new SqliteConnection(openableFile(path)));
  try {
    return await retryWhileBusy(() => contentsOf(file));
  } finally {
    file.close();
  }
}

/**
 * Marks an empty store, or a part of one, as being restored. Only a copy that comes to its end takes the mark away, since
 * it replaces the whole file. Throws STORE_UNAVAILABLE while another process writes to it.
 */
export async function beginRestore(path: string): Promise<void> {
  const target = await retryWhileBusy(() => new SqliteConnection(openableFile(path)));
  try {
    await retryWhileBusy(() => target.execute("BEGIN IMMEDIATE"));
    markUnfinished(target);
    target.execute("CREATE TABLE IF NOT EXISTS unfinished (since TEXT) STRICT; COMMIT");
  } finally {
    target.close();
  }
}

/** A connection to the bank in a file, in a transaction that sees it as it is now. */
async function openBank(path: string): Promise<SqliteConnection> {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isFile()) throw new DomainError("NOT_FOUND", found ? `${path} is no file.` : `There is no file ${path}.`);
  const bank = await retryWhileBusy(() => new SqliteConnection(openableFile(path)));
  try {
    await retryWhileBusy(() => {
      if (!bank.inTransaction) bank.execute("BEGIN");
      if (storageVersion(bank) === 0) throw new DomainError("STORE_MISMATCH", `${path} holds no bank.`);
    });
    return bank;
  } catch (error) {
    bank.close();
    throw copyFailure(error, path, path);
  }
}
