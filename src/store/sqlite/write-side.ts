import type { Connection } from "./connection";
import { translated } from "./driver-errors";
import { patiently } from "./patience";
import { sql } from "./sql";
import { WriteQueue } from "./write-queue";

const begin = sql`BEGIN IMMEDIATE`;
const commit = sql`COMMIT`;
const rollback = sql`ROLLBACK`;

/** The one connection that writes. Nobody else uses it, so a write may await within its transaction. */
export class WriteSide {
  private readonly queue = new WriteQueue();

  constructor(private readonly connection: Connection) {}

  /**
   * Does the work in a transaction of its own, one after another, all of it or nothing. Waits for the write lock for as
   * long as the queue allows. Throws what the port promises.
   */
  transaction<T>(work: (connection: Connection) => T | Promise<T>): Promise<T> {
    return this.queue.run(async (deadline) => {
      await patiently(() => this.connection.run(begin), deadline);
      try {
        const result = await work(this.connection);
        this.connection.run(commit);
        return result;
      } catch (error) {
        if (this.connection.inTransaction) this.connection.run(rollback);
        throw translated(error);
      }
    });
  }

  /** Runs text that has to stand outside of transactions. */
  execute(text: string): Promise<void> {
    return this.queue.run((deadline) => patiently(() => this.connection.execute(text), deadline));
  }

  async close(): Promise<void> {
    await this.queue.idle();
    this.connection.close();
  }
}
