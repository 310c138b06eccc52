import type { SqliteConnection } from "./connection";
import { assertCurrent } from "./format";
import type { SqliteSnapshot } from "./snapshot";
import type { WriteSide } from "./write-side";

/** The two sides of one file: reads that begin after a write of this process see what it wrote. */
export class SqliteFile {
  constructor(
    private readonly snapshot: SqliteSnapshot,
    private readonly writes: WriteSide,
  ) {}

  /** Does the work, which must not await, on one state of the file. Throws what the port promises. */
  read<T>(work: (connection: SqliteConnection) => T): Promise<T> {
    return this.snapshot.read(({ connection }) => work(connection));
  }

  /** Does the work in a transaction, all of it or nothing; it may be done anew. Throws what the port promises. */
  async write<T>(work: (connection: SqliteConnection) => T | Promise<T>): Promise<T> {
    const result = await this.writes.transaction((connection) => {
      assertCurrent(connection);
      return work(connection);
    });
    this.snapshot.release();
    return result;
  }
}
