import type { KeyStore } from "../../domain/access/key-store";
import type { CacheUsage } from "../../domain/byte-cache";
import { adoptingReader } from "../../domain/changes/as-logged";
import type { ChangeSet, CommitHead, HeadId } from "../../domain/changes/change-set";
import { inputHashOf } from "../../domain/changes/hash";
import { historyOf } from "../../domain/changes/history";
import { logEntry } from "../../domain/changes/log-entry";
import type { History, HistoryPage, LogPart, PartsQuery } from "../../domain/changes/log-part";
import { planCommit } from "../../domain/changes/plan-commit";
import type { Database } from "../../domain/database";
import { assertVersion, type DraftStore } from "../../domain/drafts/draft-store";
import type {
  CommitOptions,
  CommitResult,
  Compose,
  GraphReader,
  Inspected,
  LastChange,
  LastChanges,
  LogQuery,
} from "../../domain/graph/port";
import { Pacer } from "../../domain/pacer";
import { Checkpoints, checkpointSettings } from "./checkpoints";
import { appendEntry, headOfLog, headsOn, lastChanges, logEntries, logParts, packedParts } from "./commit-log";
import { SqliteConnection } from "./connection";
import { markPublished, storedVersion } from "./draft-rows";
import { maxRetryMilliseconds, retryWhileBusy } from "./driver-errors";
import { assertCurrent, storageVersion, upgrade } from "./format";
import { firstResult, forgetOldKeys, rememberResult } from "./idempotency";
import type { ReadOptions } from "./read-options";
import { SqliteSnapshot } from "./snapshot";
import { SqliteDraftStore } from "./sqlite-draft-store";
import { SqliteKeyStore } from "./sqlite-key-store";
import { SqliteReader } from "./sqlite-reader";
import { openableFile, SqliteFile } from "./store-file";
import { TransactionState } from "./transaction-state";
import { writeChanges } from "./write-changes";
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

/** See `GraphStore.commit`; within a transaction that is open on the connection, which nobody else uses meanwhile. */
async function commitWithin(
  connection: SqliteConnection,
  given: ChangeSet | Compose,
  options: CommitOptions,
  now: Date,
): Promise<CommitResult> {
  const { actor, idempotencyKey, publishes, skipDanglingMentions = false } = options;
  const key = { actor, key: idempotencyKey, hash: inputHashOf(given, options) };
  const first = firstResult(connection, key, now);
  if (first) return first;

  if (publishes) assertVersion(publishes.draft, storedVersion(connection, publishes.draft), publishes.version);

  const pacer = new Pacer();
  const head = headOfLog(connection);
  const reader = adoptingReader(new TransactionState(connection, pacer), options.adopts, head.revision);
  const log: LastChanges = { lastChanges: async (subjects) => lastChanges(connection, subjects) };
  const changeSet = typeof given === "function" ? await given(reader, log) : given;
  const changes = await planCommit(changeSet, reader, { skipDanglingMentions });
  const at = now.toISOString();
  const revision = changes.length > 0 ? head.revision + 1 : head.revision;
  const result = Object.freeze({ revision, changes: changes.length, replayed: false });

  forgetOldKeys(connection, now);
  rememberResult(connection, key, result, now);
  if (changes.length > 0) {
    const draft = publishes && { draft: publishes.draft };
    const entry = await logEntry({ revision, at, actor, title: changeSet.title, ...draft, changes }, head.hash, pacer);
    const packing = packedParts(entry);
    const writing = writeChanges(connection, changes, revision, pacer);
    // Both are waited for, whatever becomes of one: a transaction that is written to must not be rolled back.
    await Promise.allSettled([packing, writing]);
    await writing;
    appendEntry(connection, entry, await packing);
  }
  if (publishes) markPublished(connection, publishes, revision, at);
  return result;
}
