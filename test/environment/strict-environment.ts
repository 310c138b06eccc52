import { TestEnvironment } from "jest-environment-node";
import type { Circus } from "@jest/types";

/**
 * Node's environment, in which a rejection that comes before its handler fails the test, or the file where no test runs.
 * Jest by itself forgives one that is handled a turn of the event loop later; a Node process has ended by then.
 */
export default class StrictEnvironment extends TestEnvironment {
  private readonly reasons = new WeakMap<object, unknown>();

  readonly handleTestEvent = (event: Circus.Event, state: Circus.State): void => {
    if (event.name === "error" && event.promise) this.reasons.set(event.promise, event.error);
    if (event.name !== "error_handled") return;
    const error = new Error("A promise was rejected before anything handled it, which ends a Node process.", {
      cause: this.reasons.get(event.promise),
    });
    (state.currentlyRunningTest?.errors ?? state.unhandledErrors).push(error);
  };
}
