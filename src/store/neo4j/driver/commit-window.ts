import { setTimeout as wait } from "node:timers/promises";

/** A time that a COMMIT takes only if something is wrong with the server. */
const longEnoughMilliseconds = 500;

/**
 * Tells reads when commits of this process are being applied. Neo4j lets a statement see a half-applied commit, so a
 * read that overlaps a commit is repeated. Commits by other processes are unknown here: a read may see a part of such a
 * commit during the milliseconds in which Neo4j applies it.
 */
export class CommitWindow {
  /** The number of commits sent so far. A read during which it changes has overlapped a commit. */
  sent = 0;
  private readonly underWay = new Set<Promise<unknown>>();

  get isOpen(): boolean {
    return this.underWay.size > 0;
  }

  async during<T>(commit: () => Promise<T>): Promise<T> {
    this.sent += 1;
    const answer = commit();
    this.underWay.add(answer);
    try {
      return await answer;
    } finally {
      this.underWay.delete(answer);
    }
  }

  /** Resolves when the commits under way have ended, or after 500 ms. */
  async closed(): Promise<void> {
    await Promise.race([Promise.allSettled(this.underWay), wait(longEnoughMilliseconds, undefined, { ref: false })]);
  }
}
