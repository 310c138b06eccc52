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

/** How often a read that meets commits is done, before what it saw last is taken. */
const maxAttempts = 5;

/**
 * Reads of one statement each, in a session and a transaction of its own: that costs half of what the driver's managed
 * transactions do, and more than one statement would see no snapshot either way. A read whose connection breaks is done
 * again. Throws what the port promises.
 */
export class Reads {
  /** Reads see at least what these stand for. */
  bookmarks: readonly string[] = [];

  /** The highest revision that this process has seen. */
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
 * The driver keeps the stack of each call, for the message of a failure that there may be. That is a twentieth of what
 * this process spends on a query, for a stack that always ends here.
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

/** Ends what the session still does, at once on the server too; a rollback would wait for it. */
const end = (session: Session): void => void session.close().catch(() => undefined);

const abortion = ({ reason }: AbortSignal): DomainError =>
  reason instanceof DomainError ? reason : new DomainError("ABORTED", "The read was called off.", { cause: reason });

const maxKnown = 2000;

/**
 * Lets a statement that is new be run by one at first. Neo4j plans a statement for everyone who asks it before it has a
 * plan; when many ask something new at once, that is many times the work, and all of them wait for it.
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
