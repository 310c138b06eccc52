import type { Steps } from "../../src/domain/pacer";

/** All steps of the work, one after another. Throws where it would have to wait. */
export function atOnce<T>(work: Steps<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    if (value) throw new Error("The work waits for something.");
  }
}
