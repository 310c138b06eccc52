import type { KeyStore } from "../../domain/access/key-store";
import type { ChangeSet, CommitHead, HeadId } from "../../domain/changes/change-set";
import { historyOf } from "../../domain/changes/history";
import type { History, HistoryPage, LogPart, PartsQuery } from "../../domain/changes/log-part";
import type { Database } from "../../domain/database";
import type { DraftStore } from "../../domain/drafts/draft-store";
import { DomainError } from "../../domain/errors";
import type {
  CommitOptions,
  CommitResult,
  Compose,
  GraphReader,
  Inspected,
  LastChange,
  LogQuery,
} from "../../domain/graph/port";
import { commit } from "./commit";
import { commitHeadOf, lastChangesBy, partOf } from "./commit-log";
import { headsOnStatement, logStatement, partsStatement } from "./cypher/log";
import { awaitIndexesStatement, replanStatement } from "./cypher/upkeep";
import { CommitWindow } from "./driver/commit-window";
import { Connections, type Neo4jAddress } from "./driver/connections";
import { Reads } from "./driver/reads";
import { type Transact, Writes } from "./driver/writes";
import { headOf } from "./head";
import { inspect } from "./inspect";
import { assertMigrated, migrate } from "./migration";
import { Neo4jDraftStore } from "./neo4j-draft-store";
import { Neo4jKeyStore } from "./neo4j-key-store";
import { Neo4jReader, type ReaderOptions } from "./neo4j-reader";
import { ReadHabits } from "./read-habits";
import { Combinations } from "./round-trips";

const readConnections = 20;

/** The connections for writing. Commits queue in this process and need only one. Scans lock the head on the other. */
const writeConnections = 2;

/** Opens the store in a Neo4j database. It connects when first used. Reads and writes have separate connections. */
export function openNeo4jStore(address: Neo4jAddress): Database {
  return new Neo4jStore(address);
}

class Neo4jStore implements Database {
  readonly drafts: DraftStore;
  readonly keys: KeyStore;
  readonly caches = [];
  private readonly readPool: Connections;
  private readonly writePool: Connections;
  private readonly reads: Reads;
  private readonly writes: Writes;
  private readonly combinations = new Combinations();
  private readonly habits = new ReadHabits();
  private readonly queue: WriteQueue;

  constructor(address: Neo4jAddress) {
    this.readPool = new Connections(address, readConnections);
    this.writePool = new Connections(address, writeConnections);
    this.queue = new WriteQueue(this.readPool.timeouts.queue);
    const commits = new CommitWindow();
    this.reads = new Reads(this.readPool, commits);
    this.writes = new Writes(this.writePool, commits, (bookmarks) => {
      this.reads.bookmarks = bookmarks;
    });
    const transact: Transact = (work) => this.queue.run(() => this.writes.transact(work));
    this.drafts = new Neo4jDraftStore(this.reads, transact);
    this.keys = new Neo4jKeyStore(this.reads, transact);
  }

  reader({ signal, after }: ReaderOptions = {}): GraphReader {
    return new Neo4jReader(this.reads, this.writes, this.combinations, this.habits, { signal, after });
  }

  async commit(changes: ChangeSet | Compose, options: CommitOptions): Promise<CommitResult> {
    const result = await this.queue.run(() => commit(this.writes, changes, options));
    this.reads.seen = Math.max(this.reads.seen, result.revision);
    return result;
  }

  head(): Promise<HeadId> {
    return headOf(this.reads);
  }

  async log(query: LogQuery): Promise<readonly CommitHead[]> {
    const rows = await this.reads.rows(logStatement(query));
    return Object.freeze((query.last === undefined ? rows : rows.toReversed()).map(commitHeadOf));
  }

  async parts(query: PartsQuery): Promise<readonly LogPart[]> {
    return (await this.reads.rows(partsStatement(query))).map(partOf);
  }

  history(subject: string, page: HistoryPage): Promise<History> {
    return historyOf(subject, page, this, async (node, rest) =>
      (await this.reads.rows(headsOnStatement(node, rest))).map(commitHeadOf),
    );
  }

  inspect(): AsyncIterable<Inspected> {
    return inspect(this.reads);
  }

  lastChanges(subjects: readonly string[]): Promise<ReadonlyMap<string, LastChange>> {
    return lastChangesBy((statement) => this.reads.rows(statement), subjects);
  }

  migrate(): Promise<void> {
    return migrate(this.reads, this.writes);
  }

  ping(): Promise<void> {
    return assertMigrated(this.reads);
  }

  async settle(): Promise<void> {
    await this.writes.alone(awaitIndexesStatement);
    await this.writes.alone(replanStatement);
  }

  async close(): Promise<void> {
    await Promise.all([this.readPool.close(), this.writePool.close()]);
  }
}

/** Runs pieces of work one by one, in the order of their arrival, so that waiting writers hold no connections. */
class WriteQueue {
  private tail: Promise<unknown> = Promise.resolve();

  constructor(private readonly milliseconds: number) {}

  /**
   * Runs the work when its turn comes. Throws STORE_UNAVAILABLE, without running it, if that takes longer than
   * `milliseconds`.
   */
  run<T>(work: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        reject(
          new DomainError(
            "STORE_UNAVAILABLE",
            `The store is busy: the commit waited ${this.milliseconds} ms for its turn.`,
          ),
        );
      }, this.milliseconds);
      this.tail = this.tail.then(async () => {
        clearTimeout(timer);
        if (!late) await work().then(resolve, reject);
      });
    });
  }
}
