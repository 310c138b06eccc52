import type { ServerResponse } from "node:http";
import { DomainError } from "../domain/errors";
import { RequestError } from "./body";

/** How long a part of a request that asks a store or others may take, in milliseconds. */
export const deadlineMilliseconds = 5_000;

/**
 * What the work comes to, if it does in time; its signal fires when the time is over or the client has gone. Throws a
 * RequestError then, whatever the work does.
 */
export async function withinDeadline<T>(
  response: ServerResponse,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  const timer = setTimeout(
    () => abort.abort(new DomainError("DEADLINE_EXCEEDED", "The request took too long.")),
    deadlineMilliseconds,
  );
  const gone = () => abort.abort(new DomainError("ABORTED", "The client went away."));
  response.once("close", gone);
  const overdue = new Promise<never>((_, reject) =>
    abort.signal.addEventListener(
      "abort",
      () => reject(new RequestError(504, "DEADLINE_EXCEEDED", "The request took too long.")),
      { once: true },
    ),
  );
  try {
    return await Promise.race([overdue, work(abort.signal)]);
  } finally {
    clearTimeout(timer);
    response.off("close", gone);
  }
}
