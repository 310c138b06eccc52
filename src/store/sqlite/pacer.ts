import { setImmediate as nextTurn } from "node:timers/promises";

const stretchMilliseconds = 15;

/** Lets long work on the main thread give other requests their turn every few milliseconds. */
export class Pacer {
  private since = performance.now();

  async breathe(): Promise<void> {
    if (performance.now() - this.since < stretchMilliseconds) return;
    await nextTurn();
    this.since = performance.now();
  }
}
