import { once } from "node:events";
import { stat } from "node:fs/promises";
import { Worker } from "node:worker_threads";
import type { SqliteConnection } from "./connection";

/**
 * SQLite itself brings the write-ahead log to the file when it has so many pages (32 MB). Large imports come back to the
 * same pages of indexes, so fewer would make them slower.
 */
const maxPages = 8_000;
const pageBytes = 4_096;

/** What is copied in a few milliseconds, so that the event loop need not be spared it. */
const maxBytesInline = 1_000_000;

/** Settings of the connection that writes. */
export const checkpointSettings = `PRAGMA wal_autocheckpoint = ${maxPages}; PRAGMA journal_size_limit = ${maxPages * pageBytes}`;

/**
 * Empties the write-ahead log when nobody has written for a while, so that the file then holds all that was committed, and
 * a server that was busy for long does not leave a large one behind.
 */
export class Checkpoints {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly path: string,
    private readonly connection: SqliteConnection,
    private readonly idleMilliseconds: number,
  ) {}

  /** `inTurn` does work when no transaction is open on the connection. */
  wrote(inTurn: (work: () => void) => Promise<void>): void {
    this.timer ??= setTimeout(() => void this.empty(inTurn), this.idleMilliseconds).unref();
    this.timer.refresh();
  }

  /** Brings what the log holds to the file, as far as no other connection reads an older state; to be called at the end. */
  end(): void {
    clearTimeout(this.timer);
    if (this.timer) this.truncate();
  }

  private async empty(inTurn: (work: () => void) => Promise<void>): Promise<void> {
    const { size } = await stat(`${this.path}-wal`).catch(() => ({ size: 0 }));
    // Where it fails, the next write brings the next attempt, and SQLite's own checkpoints bound the log.
    if (size > maxBytesInline) await copyPages(this.path).catch(() => undefined);
    await inTurn(() => this.truncate()).catch(() => undefined);
  }

  private truncate(): void {
    this.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)");
  }
}

/** In a thread of its own. Its text stands here because a file of this program would have to be compiled before it is run. */
async function copyPages(path: string): Promise<void> {
  const text = `
    const { driver, path } = require("node:worker_threads").workerData;
    const connection = new (require(driver).DatabaseSync)(path, { timeout: 0 });
    connection.exec("PRAGMA wal_checkpoint(PASSIVE)");
    connection.close();`;
  const driver = require.resolve("@photostructure/sqlite");
  const worker = new Worker(text, { eval: true, execArgv: [], workerData: { driver, path } });
  worker.unref();
  await once(worker, "exit");
}
