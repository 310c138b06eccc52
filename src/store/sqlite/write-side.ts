import { setImmediate as nextTurn } from "node:timers/promises";
import { DomainError } from "../../domain/errors";
import type { Checkpoints } from "./checkpoints";
import type { SqliteConnection } from "./connection";
import { isBusy, retryWhileBusy, translated } from "./driver-errors";
import { type Sql, sql } from "./sql";

const begin = sql`BEGIN`;
const beginWithLock = sql`BEGIN IMMEDIATE`;
const commit = sql`COMMIT`;
const rollback = sql`ROLLBACK`;

/** The one connection that writes. Nobody else uses it, so a write may await within its transaction. */
export class WriteSide {
  private readonly queue: WriteQueue;

  constructor(
    private readonly connection: SqliteConnection,
    private readonly checkpoints: Checkpoints,
    lockMilliseconds: number,
  ) {
    this.queue = new WriteQueue(lockMilliseconds);
  }

  /**
   * Does the work in a transaction of its own, one after another, all of it or nothing; if another process interferes, it
   * is done anew. Waits for the write lock for as long as the queue allows. Throws what the port promises.
   *
   * At first the lock is taken by the first statement that writes, so that what is read and thought about before keeps
   * nobody waiting. SQLite refuses it if others have written since the first read; then it is taken at the start.
   */
  transaction<T>(work: (connection: SqliteConnection) => T | Promise<T>): Promise<T> {
    return this.queue.run(async (deadline) => {
      try {
        return await this.attempt(begin, work, deadline);
      } catch (error) {
        if (!isBusy(error)) throw translated(error);
      }
      try {
        return await this.attempt(beginWithLock, work, deadline);
      } catch (error) {
        throw translated(error);
      }
    });
  }

  /** Runs text that has to stand outside of transactions. */
  execute(text: string): Promise<void> {
    return this.queue.run((deadline) => retryWhileBusy(() => this.connection.execute(text), deadline));
  }

  async close(): Promise<void> {
    await this.queue.idle();
    this.checkpoints.end();
    this.connection.close();
  }

  private async attempt<T>(
    start: Sql,
    work: (connection: SqliteConnection) => T | Promise<T>,
    deadline: number,
  ): Promise<T> {
    await retryWhileBusy(() => this.connection.run(start), deadline);
    try {
      const result = await work(this.connection);
      this.connection.run(commit);
      this.checkpoints.wrote((checkpoint) => this.queue.run(async () => checkpoint()));
      return result;
    } catch (error) {
      if (this.connection.inTransaction) this.connection.run(rollback);
      throw error;
    }
  }
}

/** Runs writes one after another, in the order in which they came; others have their turn between any two. */
class WriteQueue {
  private tail: Promise<unknown> = Promise.resolve();

  constructor(private readonly milliseconds: number) {}

  /**
   * Does the work when all before it is done; it is told until when it may wait for locks. Throws STORE_UNAVAILABLE,
   * with the work left undone, when its turn does not come within the milliseconds.
   */
  run<T>(work: (deadline: number) => Promise<T>): Promise<T> {
    const deadline = performance.now() + this.milliseconds;
    return new Promise<T>((resolve, reject) => {
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        reject(
          new DomainError(
            "STORE_UNAVAILABLE",
            `The store is busy: the write waited ${this.milliseconds} ms for its turn.`,
          ),
        );
      }, this.milliseconds);
      this.tail = this.tail.then(async () => {
        clearTimeout(timer);
        if (!late) await work(deadline).then(resolve, reject);
        await nextTurn();
      });
    });
  }

  /** Ends when all that has come so far is done. */
  async idle(): Promise<void> {
    await this.tail;
  }
}
