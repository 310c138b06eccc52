import { setImmediate as nextTurn } from "node:timers/promises";
import { DomainError } from "../../domain/errors";

/** Runs writes one after another, in the order in which they came; others have their turn between any two. */
export class WriteQueue {
  private tail: Promise<unknown> = Promise.resolve();

  constructor(private readonly milliseconds: number) {}

  /**
   * Does the work when all before it is done; it is told until when it may wait for locks. Throws STORE_UNAVAILABLE,
   * with the work left undone, when its turn does not come within the milliseconds.
   */
  run<T>(work: (deadline: number) => Promise<T>): Promise<T> {
    const deadline = performance.now() + this.milliseconds;
    return new Promise<T>((resolve, reject) => {
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        reject(
          new DomainError(
            "STORE_UNAVAILABLE",
            `The store is busy: the write waited ${this.milliseconds} ms for its turn.`,
          ),
        );
      }, this.milliseconds);
      this.tail = this.tail.then(async () => {
        clearTimeout(timer);
        if (!late) await work(deadline).then(resolve, reject);
        await nextTurn();
      });
    });
  }

  /** Ends when all that has come so far is done. */
  async idle(): Promise<void> {
    await this.tail;
  }
}
