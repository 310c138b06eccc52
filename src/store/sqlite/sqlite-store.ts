import type { KeyStore } from "../../domain/access/key-store";
import type { ChangeSet, CommitHead, HeadId } from "../../domain/changes/change-set";
import type { CacheUsage } from "../../domain/byte-cache";
import type { Database } from "../../domain/database";
import type { DraftStore } from "../../domain/drafts/draft-store";
import { historyOf } from "../../domain/changes/history";
import type { History, HistoryPage } from "../../domain/changes/history-page";
import type { LogPart, PartsQuery } from "../../domain/changes/log-part";
import type {
  CommitOptions,
  CommitResult,
  Compose,
  GraphReader,
  Inspected,
  LastChange,
  LogQuery,
} from "../../domain/graph/port";
import { SqliteFile } from "./sqlite-file";
import { Checkpoints, checkpointSettings } from "./checkpoints";
import { commitWithin } from "./commit";
import { headsOn, lastChanges, logEntries, logParts } from "./commit-log";
import { SqliteConnection } from "./connection";
import { assertCurrent, storageVersion, upgrade } from "./format";
import { maxRetryMilliseconds, retryWhileBusy } from "./retry-while-busy";
import type { ReadOptions } from "./read-options";
import { openableFile } from "./store-file";
import { SqliteSnapshot } from "./snapshot";
import { SqliteDraftStore } from "./sqlite-draft-store";
import { SqliteKeyStore } from "./sqlite-key-store";
import { SqliteReader } from "./sqlite-reader";
import { WriteSide } from "./write-side";

export interface SqliteOptions {
  /** The file; it is created if there is none. Its folder must exist, on a disk of this machine. */
  readonly path: string;
  /** How large the file may grow; commits beyond fail with STORE_UNUSABLE. Without it, the disk is the limit. */
  readonly maxBytes?: number;
  /** How long nobody must have written before the write-ahead log is emptied into the file. Default: a second. */
  readonly idleMilliseconds?: number;
  /** From which size on the write-ahead log is emptied though others read. Default: 64 MB. */
  readonly maxLogBytes?: number;
  /** How long a write waits for those before it and for other processes. Default: three seconds. */
  readonly lockMilliseconds?: number;
  /** The clock that dates commits. */
  readonly now?: () => Date;
}

/**
 * Opens the store in a file, which several processes may have open. It is not migrated yet. Throws STORE_MISMATCH for a
 * file of a newer program or of another one, STORE_UNUSABLE if it cannot be opened.
 */
export async function openSqliteStore({
  path,
  maxBytes,
  idleMilliseconds = 1_000,
  maxLogBytes,
  lockMilliseconds = maxRetryMilliseconds,
  now = () => new Date(),
}: SqliteOptions): Promise<Database> {
  const file = openableFile(path);
  const writing = await retryWhileBusy(() => new SqliteConnection(file));
  try {
    await retryWhileBusy(() => storageVersion(writing));
    // Large imports come back to the same pages of indexes; with little room each commit would read and write them anew.
    writing.execute(`PRAGMA synchronous = FULL; PRAGMA cache_size = -32768; ${checkpointSettings}`);
    if (maxBytes !== undefined) writing.limitSize(maxBytes);
    const checkpoints = new Checkpoints(path, writing, { idleMilliseconds, maxBytes: maxLogBytes });
    const reading = await retryWhileBusy(() => new SqliteConnection(file));
    reading.execute("PRAGMA query_only = ON; PRAGMA cache_size = -32768");
    return new SqliteStore(
      file,
      new SqliteSnapshot(reading),
      new WriteSide(writing, checkpoints, lockMilliseconds),
      now,
    );
  } catch (error) {
    writing.close();
    throw error;
  }
}

class SqliteStore implements Database {
  readonly drafts: DraftStore;
  readonly keys: KeyStore;
  readonly caches: readonly CacheUsage[];
  private readonly file: SqliteFile;

  constructor(
    /** What connections open. */
    private readonly path: string,
    private readonly snapshot: SqliteSnapshot,
    private readonly writes: WriteSide,
    private readonly now: () => Date,
  ) {
    this.file = new SqliteFile(snapshot, writes);
    this.drafts = new SqliteDraftStore(this.file, now);
    this.keys = new SqliteKeyStore(this.file);
    this.caches = snapshot.caches;
  }

  reader(options: ReadOptions = {}): GraphReader {
    return new SqliteReader(this.path, this.snapshot, options);
  }

  commit(changes: ChangeSet | Compose, options: CommitOptions): Promise<CommitResult> {
    return this.file.write((connection) => commitWithin(connection, changes, options, this.now()));
  }

  head(): Promise<HeadId> {
    return this.snapshot.read((snapshot) => snapshot.head());
  }

  log(query: LogQuery): Promise<readonly CommitHead[]> {
    return this.file.read((connection) => logEntries(connection, query));
  }

  parts(query: PartsQuery): Promise<readonly LogPart[]> {
    return this.file.read((connection) => logParts(connection, query));
  }

  history(subject: string, page: HistoryPage): Promise<History> {
    return historyOf(subject, page, this, (node, rest) =>
      this.file.read((connection) => headsOn(connection, node, rest)),
    );
  }

  async *inspect(): AsyncIterable<Inspected> {
    for await (const page of this.reader().scan()) for (const item of page) yield { ...item, isSound: true };
  }

  lastChanges(subjects: readonly string[]): Promise<ReadonlyMap<string, LastChange>> {
    return this.file.read((connection) => lastChanges(connection, subjects));
  }

  async migrate(): Promise<void> {
    await this.writes.execute("PRAGMA journal_mode = WAL");
    await this.writes.transaction(upgrade);
    this.snapshot.release();
  }

  ping(): Promise<void> {
    return this.snapshot.read(({ connection }) => assertCurrent(connection));
  }

  // Without a limit it would read every index in full, for seconds, with the write lock held.
  settle(): Promise<void> {
    return this.writes.execute("PRAGMA analysis_limit = 200; ANALYZE");
  }

  async close(): Promise<void> {
    await this.writes.close();
    this.snapshot.connection.close();
  }
}
