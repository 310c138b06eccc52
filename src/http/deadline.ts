import { setMaxListeners } from "node:events";
import type { ServerResponse } from "node:http";
import { DomainError } from "../domain/errors";
import { RequestError } from "./body";

/** How long a part of a request that asks a store or others may take, in milliseconds. */
export const deadlineMilliseconds = 5_000;

/**
 * What the work comes to, if it does in time; its signal fires when the time is over or the client has gone. Throws a
 * RequestError then, whatever the work does. Work that finds out that it takes longer says so to `allow`: how many
 * milliseconds it may take from its start.
 */
export function withinDeadline<T>(
  response: ServerResponse,
  work: (signal: AbortSignal, allow: (milliseconds: number) => void) => Promise<T>,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const abort = new AbortController();
    // Each read of a request listens, and there may be many at once.
    setMaxListeners(0, abort.signal);
    const started = performance.now();
    const end = (reason: DomainError) => {
      abort.abort(reason);
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
    work(abort.signal, allow)
      .then(resolve, reject)
      .finally(() => {
        clearTimeout(timer);
        response.off("close", gone);
      });
  });
}
