import type { Steps } from "./pacer";

/** Work that was begun again so often is done to its end in one step. */
const maxRestarts = 2;

/** Does work in steps over something that may change between two of them. */
export class Restartable {
  private changes = 0;

  /** Says that it changes: work that is under way begins again. */
  changed(): void {
    this.changes += 1;
  }

  /** What the work comes to over one state. It must leave nothing behind where it is broken off. */
  *run<T>(work: () => Steps<T>): Steps<T> {
    for (let restarts = 0; ; restarts++) {
      const done = yield* this.tried(work(), restarts < maxRestarts);
      if (done) return done.value;
    }
  }

  /** Null if there was a change while the work was left. */
  private *tried<T>(work: Steps<T>, mayBeLeft: boolean): Steps<{ readonly value: T } | null> {
    const { changes } = this;
    for (;;) {
      const { done, value } = work.next();
      if (done) return { value };
      if (!mayBeLeft) continue;
      yield value;
      if (this.changes !== changes) return null;
    }
  }
}
