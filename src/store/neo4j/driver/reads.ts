import { setTimeout as wait } from "node:timers/promises";
import neo4j, { type Session } from "neo4j-driver";
import { DomainError } from "../../../domain/errors";
import type { Row, Statement } from "../cypher/statement";
import { Answers } from "./answers";
import type { CommitWindow } from "./commit-window";
import type { Connections, Timeouts } from "./connections";
import { asPortError, isLost, isStarved, NoAnswer } from "./failures";
import { encoded } from "./parameters";

const attempts = 3;
const pauseMilliseconds = 50;

/** The number of times that a read is run if commits overlap it. The last result then counts. */
const maxAttempts = 5;

/**
 * Runs each read as one statement, in a session and a transaction of its own. This costs half as much as the driver's
 * managed transactions, and several statements would see no snapshot either way. A read whose connection breaks is
 * retried. Throws what the port promises.
 */
export class Reads {
  /** Bookmarks of transactions that each read must see. */
  bookmarks: readonly string[] = [];

  /** The highest revision that this process has seen in the database. */
  seen = 0;

  private readonly firstRuns = new FirstRuns();

  constructor(
    private readonly connections: Connections,
    private readonly commits: CommitWindow,
  ) {}

  get timeouts(): Timeouts {
    return this.connections.timeouts;
  }

  async rows(statement: Statement, signal?: AbortSignal): Promise<readonly Row[]> {
    for (let meetings = 1; ; meetings++) {
      if (this.commits.isOpen) await this.commits.closed();
      const { sent } = this.commits;
      const rows = await this.firstRuns.run(statement.text, () => this.runWithRetry(statement, signal));
      if (this.commits.sent === sent || meetings === maxAttempts) return rows;
    }
  }

  private async runWithRetry(statement: Statement, signal: AbortSignal | undefined): Promise<readonly Row[]> {
    const deadline = performance.now() + this.timeouts.silence;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.once(statement, deadline, signal);
      } catch (error) {
        if (error instanceof NoAnswer || isStarved(error)) this.connections.unanswered();
        if (!isLost(error) || attempt === attempts) throw asPortError(error);
      }
      await wait(attempt * pauseMilliseconds);
    }
  }

  private async once(
    { text, parameters }: Statement,
    deadline: number,
    signal: AbortSignal | undefined,
  ): Promise<readonly Row[]> {
    if (signal?.aborted) throw abortion(signal);
    const session = this.connections.session("READ", this.bookmarks);
    const timeout = neo4j.int(this.timeouts.read);
    const answer = withoutStack(() => session.run(text, encoded(parameters), { timeout }));
    const { records } = await this.unlessAborted(
      new Answers(deadline - performance.now(), () => end(session)).wait(answer),
      session,
      signal,
    );
    this.connections.answered();
    end(session);
    return records.map((record) => [record.get(0), record.get(1)]);
  }

  private unlessAborted<T>(answer: Promise<T>, session: Session, signal: AbortSignal | undefined): Promise<T> {
    if (!signal) return answer;
    return new Promise((resolve, reject) => {
      const abort = () => {
        reject(abortion(signal));
        end(session);
      };
      signal.addEventListener("abort", abort);
      answer.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
    });
  }
}

/**
 * Calls the driver without stack traces. The driver captures the stack of each call in case of an error. That costs a
 * twentieth of this process's work for a query, although the stack always ends here.
 */
function withoutStack<T>(call: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return call();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Ends the session's work at once, also on the server. A rollback would wait for that work. */
const end = (session: Session): void => void session.close().catch(() => undefined);

const abortion = ({ reason }: AbortSignal): DomainError =>
  reason instanceof DomainError ? reason : new DomainError("ABORTED", "The read was called off.", { cause: reason });

const maxKnown = 2000;

/**
 * Lets one caller run a new statement while the others wait for that run. Neo4j plans a statement once for each caller
 * that sends it before a plan exists. Many callers with the same new statement would multiply that work, and all would
 * wait.
 */
class FirstRuns {
  private readonly planned = new Set<string>();
  private readonly first = new Map<string, Promise<unknown>>();

  async run<T>(text: string, work: () => Promise<T>): Promise<T> {
    if (this.planned.has(text)) return work();
    const first = this.first.get(text);
    if (first) {
      await first.catch(() => undefined);
      return work();
    }
    const answer = work();
    this.first.set(text, answer);
    try {
      const value = await answer;
      if (this.planned.size >= maxKnown) this.planned.clear();
      this.planned.add(text);
      return value;
    } finally {
      this.first.delete(text);
    }
  }
}
