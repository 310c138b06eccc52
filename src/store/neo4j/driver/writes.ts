import { setTimeout as wait } from "node:timers/promises";
import neo4j from "neo4j-driver";
import type { Row, Statement } from "../cypher/statement";
import type { CommitWindow } from "./commit-window";
import type { Connections } from "./connections";
import { asPortError, isLost, isStarved, isTransient, NoAnswer } from "./failures";
import { encoded } from "./parameters";
import { Answers } from "./answers";

const pauseMilliseconds = 50;

/** Runs a statement in the transaction. Statements run one after another, in the order in which they are given. */
export type Run = (statement: Statement) => Promise<readonly Row[]>;

/** Does work in one transaction, see `Writes.transact`. */
export type Transact = <T>(work: (run: Run) => Promise<T>) => Promise<T>;

export class Writes {
  constructor(
    private readonly connections: Connections,
    private readonly commits: CommitWindow,
    private readonly committed: (bookmarks: readonly string[]) => void,
  ) {}

  /**
   * Does the work in one transaction and commits it. If the connection breaks, even while it commits, all is done again:
   * the work must find out by itself whether it has been done before. Throws what the port promises.
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

  /** Runs a statement that may take long, in a transaction that Neo4j opens for it: changes of the schema, upkeep. */
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
      // Lets go of the transaction's locks; one that the server has ended, or cannot be told of, has none to let go.
      if (!(error instanceof NoAnswer) && transaction.isOpen()) {
        await answers.wait(transaction.rollback()).catch(() => undefined);
      }
      throw error;
    } finally {
      end();
    }
  }
}
