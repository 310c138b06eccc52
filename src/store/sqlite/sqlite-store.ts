import type { ChangeSet, Commit } from "../../domain/changes/change-set";
import type { Revision } from "../../domain/graph/node";
import type { CommitOptions, CommitResult, GraphReader, GraphStore, LastChange } from "../../domain/graph/port";
import { commitWithin } from "./commit";
import { commitsAfter, lastChanges } from "./commit-log";
import { Connection } from "./connection";
import { assertCurrent, storageVersion, upgrade } from "./format";
import { patiently } from "./patience";
import type { ReadOptions } from "./read-options";
import { Snapshot } from "./snapshot";
import { SqliteReader } from "./sqlite-reader";
import { WriteSide } from "./write-side";

export interface SqliteOptions {
  /** The file; it is created if there is none. Its folder must exist, on a disk of this machine. */
  readonly path: string;
  /** How large the file may grow; commits beyond fail with STORE_UNAVAILABLE. Without it, the disk is the limit. */
  readonly maxBytes?: number;
  /** The clock that dates commits. */
  readonly now?: () => Date;
}

/**
 * Opens the store in a file, which several processes may have open. It is not migrated yet. Throws STORE_MISMATCH for a
 * file of a newer program or of another one, STORE_UNAVAILABLE if it cannot be opened.
 */
export async function openSqliteStore({ path, maxBytes, now = () => new Date() }: SqliteOptions): Promise<GraphStore> {
  const writing = await patiently(() => new Connection(path));
  try {
    await patiently(() => storageVersion(writing));
    // Large imports come back to the same pages of indexes; with little room each commit would read and write them anew.
    writing.execute("PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 8000");
    if (maxBytes !== undefined) writing.limitSize(maxBytes);
    const reading = await patiently(() => new Connection(path));
    reading.execute("PRAGMA query_only = ON; PRAGMA cache_size = -32768");
    return new SqliteStore(path, new Snapshot(reading), new WriteSide(writing), now);
  } catch (error) {
    writing.close();
    throw error;
  }
}

class SqliteStore implements GraphStore {
  constructor(
    private readonly path: string,
    private readonly snapshot: Snapshot,
    private readonly writes: WriteSide,
    private readonly now: () => Date,
  ) {}

  reader(options: ReadOptions = {}): GraphReader {
    return new SqliteReader(this.path, this.snapshot, options);
  }

  async commit(changeSet: ChangeSet, options: CommitOptions): Promise<CommitResult> {
    const result = await this.writes.transaction((connection) => {
      assertCurrent(connection);
      return commitWithin(connection, changeSet, options, this.now());
    });
    this.snapshot.release();
    return result;
  }

  commits({ after, first }: { readonly after: Revision; readonly first: number }): Promise<readonly Commit[]> {
    return this.snapshot.read(({ connection }) => commitsAfter(connection, after, first));
  }

  lastChanges(subjects: readonly string[]): Promise<ReadonlyMap<string, LastChange>> {
    return this.snapshot.read(({ connection }) => lastChanges(connection, subjects));
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
