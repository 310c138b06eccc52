import { once } from "node:events";
import { statSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { SqliteConnection } from "./connection";
import { isBusy } from "./driver-errors";
import { sql } from "./sql";

/**
 * SQLite itself brings the write-ahead log to the file when it has so many pages (32 MB). Large imports come back to the
 * same pages of indexes, so fewer would make them slower.
 */
const maxPages = 8_000;
const pageBytes = 4_096;

/** What is copied in a few milliseconds, so that the event loop need not be spared it. */
const maxBytesInline = 1_000_000;

/**
 * How often the log is tried to be emptied while writes wait, which is for a second at most. Reads are over by then, unless
 * they are of the whole graph, and those that begin once all has been copied are in nobody's way.
 */
const maxAttempts = 100;
const pauseMilliseconds = 10;

/** Settings of the connection that writes. */
export const checkpointSettings = `PRAGMA wal_autocheckpoint = ${maxPages}; PRAGMA journal_size_limit = ${maxPages * pageBytes}`;

/** `work` is done when no transaction is open on the connection, and nothing is written before it ends. */
type InTurn = (work: () => void | Promise<void>) => Promise<void>;

export interface CheckpointOptions {
  /** How long nobody must have written before the log is emptied. */
  readonly idleMilliseconds: number;
  /** The size at which the log is emptied though others read. Default: twice that at which SQLite begins to copy it. */
  readonly maxBytes?: number | undefined;
}

/**
 * Empties the write-ahead log when nobody has written for a while, so that the file then holds all that was committed, and
 * a server that was busy for long does not leave a large one behind.
 *
 * While somebody writes, SQLite begins the log anew as soon as all of it has been copied and nobody reads from it. Where
 * several read without a pause, that moment never comes and the log would grow without end; so from a size on, writes wait
 * until those have gone who read from it. Who reads an older state for long, as a backup does, lets it grow: it is tried
 * again when it has grown by as much.
 */
export class Checkpoints {
  private timer: NodeJS.Timeout | undefined;
  private readonly maxBytes: number;
  /** The size at which the log is emptied next. */
  private nextBytes: number;
  private isEmptying = false;

  constructor(
    private readonly path: string,
    private readonly connection: SqliteConnection,
    private readonly options: CheckpointOptions,
  ) {
    this.maxBytes = options.maxBytes ?? 2 * maxPages * pageBytes;
    this.nextBytes = this.maxBytes;
  }

  wrote(inTurn: InTurn): void {
    this.timer ??= setTimeout(() => void this.empty(inTurn, 1), this.options.idleMilliseconds).unref();
    this.timer.refresh();
    const size = this.size();
    if (size < this.maxBytes) this.nextBytes = this.maxBytes;
    if (size >= this.nextBytes && !this.isEmptying) void this.empty(inTurn, maxAttempts);
  }

  /** Brings what the log holds to the file, as far as no other connection reads an older state; to be called at the end. */
  end(): void {
    clearTimeout(this.timer);
    if (this.timer) this.truncate();
  }

  private async empty(inTurn: InTurn, attempts: number): Promise<void> {
    this.isEmptying = true;
    // Where it fails, the next write brings the next attempt, and SQLite's own checkpoints bound the log.
    if (this.size() > maxBytesInline) await copyPages(this.path).catch(() => undefined);
    await inTurn(async () => {
      for (let attempt = 1; !this.truncate() && attempt < attempts; attempt++) await wait(pauseMilliseconds);
    }).catch(() => undefined);
    this.nextBytes = this.size() + this.maxBytes;
    this.isEmptying = false;
  }

  private size(): number {
    return statSync(`${this.path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  }

  /** Whether the log is empty now. */
  private truncate(): boolean {
    try {
      const [busy] = this.connection.row<[number]>(sql`PRAGMA wal_checkpoint(TRUNCATE)`) as [number];
      return busy === 0;
    } catch (error) {
      if (isBusy(error)) return false;
      throw error;
    }
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
