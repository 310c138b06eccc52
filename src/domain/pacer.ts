import { setImmediate as nextTurn } from "node:timers/promises";

const stretchMilliseconds = 15;

/** Lets long work on the main thread give other requests their turn every few milliseconds. */
export class Pacer {
  private since = performance.now();

  /** Whether it is time to; for loops that would wait for nothing a thousand times. */
  get isDue(): boolean {
    return performance.now() - this.since >= stretchMilliseconds;
  }

  async yieldToEventLoop(): Promise<void> {
    if (!this.isDue) return;
    await nextTurn();
    this.since = performance.now();
  }
}
