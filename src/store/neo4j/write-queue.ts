import { DomainError } from "../../domain/errors";

/** Does one piece of work after another, in the order in which they came, so that waiting writers need no connections. */
export class WriteQueue {
  private tail: Promise<unknown> = Promise.resolve();

  constructor(private readonly milliseconds: number) {}

  /** Throws STORE_UNAVAILABLE, with the work left undone, when its turn does not come within the milliseconds. */
  run<T>(work: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        reject(
          new DomainError(
            "STORE_UNAVAILABLE",
            `The store is busy: the commit waited ${this.milliseconds} ms for its turn.`,
          ),
        );
      }, this.milliseconds);
      this.tail = this.tail.then(async () => {
        clearTimeout(timer);
        if (!late) await work().then(resolve, reject);
      });
    });
  }
}
