import type { Checkpoints } from "./checkpoints";
import type { SqliteConnection } from "./connection";
import { isBusy, translated } from "./driver-errors";
import { retryWhileBusy } from "./retry-while-busy";
import { type Sql, sql } from "./sql";
import { WriteQueue } from "./write-queue";

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
