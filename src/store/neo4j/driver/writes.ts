import { setTimeout as wait } from "node:timers/promises";
import neo4j from "neo4j-driver";
import type { Row, Statement } from "../cypher/statement";
import type { CommitWindow } from "./commit-window";
import type { Connections } from "./connections";
import { asPortError, isLost, isStarved, isTransient, NoAnswer } from "./failures";
import { encoded } from "./parameters";
import { Answers } from "./answers";

const pauseMilliseconds = 50;

/** Runs a statement in the transaction and returns its rows. Statements run one by one, in the order of the calls. */
export type Run = (statement: Statement) => Promise<readonly Row[]>;

/** See `Writes.transact`. */
export type Transact = <T>(work: (run: Run) => Promise<T>) => Promise<T>;

export class Writes {
  constructor(
    private readonly connections: Connections,
    private readonly commits: CommitWindow,
    private readonly committed: (bookmarks: readonly string[]) => void,
  ) {}

  /**
   * Runs the work in one transaction and commits it. If the connection breaks, even during the COMMIT, or if the
   * transaction loses a race, the work runs again. So the work itself must detect that an earlier run was committed.
   * Throws what the work throws, and for failures of the driver what the port promises.
   */
  async transact<T>(work: (run: Run) => Promise<T>): Promise<T> {
    let until = Infinity;
    for (;;) {
      try {
        return await this.once(work);
      } catch (error) {
        if (error instanceof NoAnswer || isStarved(error)) this.connections.unanswered();
        until = Math.min(until, performance.now() + this.connections.timeouts.retry);
        if (!(isLost(error) || isTransient(error)) || performance.now() + pauseMilliseconds > until)
          throw asPortError(error);
      }
      await wait(pauseMilliseconds);
    }
  }

  /**
   * Runs a statement that may take long, such as a schema change, in a transaction that Neo4j opens for it. There is no
   * time limit and no retry.
   */
  async alone({ text, parameters }: Statement): Promise<readonly Row[]> {
    const session = this.connections.session("WRITE", []);
    try {
      const { records } = await session.run(text, encoded(parameters));
      return records.map((record) => [record.get(0), record.get(1)]);
    } catch (error) {
      throw asPortError(error);
    } finally {
      await session.close();
    }
  }

  private async once<T>(work: (run: Run) => Promise<T>): Promise<T> {
    const session = this.connections.session("WRITE", []);
    const end = () => void session.close().catch(() => undefined);
    const { silence, write } = this.connections.timeouts;
    const answers = new Answers(silence, end, write);
    const transaction = session.beginTransaction({ timeout: neo4j.int(write) });
    try {
      const result = await work(async ({ text, parameters }) => {
        const { records } = await answers.wait(transaction.run(text, encoded(parameters)));
        this.connections.answered();
        return records.map((record) => [record.get(0), record.get(1)]);
      });
      await this.commits.during(() => answers.wait(transaction.commit()));
      this.committed(session.lastBookmarks());
      return result;
    } catch (error) {
      // Releases the locks. A transaction that the server has ended holds none, and a silent server cannot be told.
      if (!(error instanceof NoAnswer) && transaction.isOpen()) {
        await answers.wait(transaction.rollback()).catch(() => undefined);
      }
      throw error;
    } finally {
      end();
    }
  }
}
