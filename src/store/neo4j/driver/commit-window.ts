import { setTimeout as wait } from "node:timers/promises";

/** Longer than a COMMIT takes, unless something is wrong with the server. */
const longEnoughMilliseconds = 500;

/**
 * Tells reads when commits of this process are being applied. Neo4j lets a statement see the part that has been applied
 * so far, so a read that met one is done again. Of commits by other processes nothing is known: in the milliseconds in
 * which they are applied, a read may see a part of them.
 */
export class CommitWindow {
  /** How many commits have been sent. */
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

  /** Ends when those that are under way have ended, or take too long to wait for. */
  async closed(): Promise<void> {
    await Promise.race([Promise.allSettled(this.underWay), wait(longEnoughMilliseconds, undefined, { ref: false })]);
  }
}
