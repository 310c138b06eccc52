import { setMaxListeners } from "node:events";
import type { ServerResponse } from "node:http";
import { DomainError } from "../domain/errors";
import { RequestError } from "./body";

/** How long a part of a request that asks a store or others may take, in milliseconds. */
export const deadlineMilliseconds = 5_000;

export interface Deadline {
  readonly ending: Pick<Ending, "signal">;
  /** Told by work that finds out that it takes longer: how many milliseconds it may take from its start. */
  readonly allow: (milliseconds: number) => void;
}

/** Has a signal, which takes as long to make as reading one node, and which most requests do not ask for. */
class Ending {
  private controller: AbortController | null = null;
  private reason: DomainError | null = null;

  /** Fires when the work is over or no longer wanted. */
  get signal(): AbortSignal {
    if (this.controller === null) {
      this.controller = new AbortController();
      // Each read of a request listens, and there may be many at once.
      setMaxListeners(0, this.controller.signal);
      if (this.reason) this.controller.abort(this.reason);
    }
    return this.controller.signal;
  }

  end(reason: DomainError): void {
    this.reason = reason;
    this.controller?.abort(reason);
  }
}

/**
 * What the work comes to, if it does in time; its signal fires when the time is over or the client has gone. Throws a
 * RequestError then, whatever the work does.
 */
export function withinDeadline<T>(response: ServerResponse, work: (deadline: Deadline) => Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const ending = new Ending();
    const started = performance.now();
    const end = (reason: DomainError) => {
      ending.end(reason);
      reject(new RequestError(504, "DEADLINE_EXCEEDED", "The request took too long."));
    };
    const overdue = () => end(new DomainError("DEADLINE_EXCEEDED", "The request took too long."));
    const gone = () => end(new DomainError("ABORTED", "The client went away."));
    let timer = setTimeout(overdue, deadlineMilliseconds);
    const allow = (milliseconds: number) => {
      clearTimeout(timer);
      timer = setTimeout(overdue, milliseconds - (performance.now() - started));
    };
    response.once("close", gone);
    work({ ending, allow })
      .then(resolve, reject)
      .finally(() => {
        clearTimeout(timer);
        response.off("close", gone);
      });
  });
}
