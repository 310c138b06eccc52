import type { Steps } from "../domain/pacer";

/** Lets work in steps have something for itself until it is done. */
export class OneAtATime {
  /** Ends with the work that is under way; null if there is none. */
  private running: Promise<void> | null = null;

  *run<T>(work: Steps<T>): Steps<T> {
    while (this.running) yield this.running;
    let end = (): void => undefined;
    this.running = new Promise((resolve) => (end = resolve));
    try {
      return yield* work;
    } finally {
      this.running = null;
      end();
    }
  }
}
