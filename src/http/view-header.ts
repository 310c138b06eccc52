import { setMaxListeners } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { anonymous, type Principal } from "../domain/access/principal";
import { DomainError } from "../domain/errors";
import type { Revision } from "../domain/graph/node";
import type { RequestedView } from "../graphql/graph-access";
import { RequestError } from "./body";
import type { Clients } from "./limits/clients";

const viewHeader = "fulcrum-view";

/**
 * Returns the view that a request asks for; null for the published graph. Tells caches to store no answer about a view.
 * Throws INVALID_ARGUMENT for a header that names no view.
 */
export function requestedView(request: IncomingMessage, response: ServerResponse): RequestedView | null {
  const header = request.headers[viewHeader];
  if (header !== undefined) response.setHeader("cache-control", "no-store");
  return parseView(header);
}

/**
 * Reads a Fulcrum-View header, `revision=12` or `change-set=…`. Returns null without the header. Throws
 * INVALID_ARGUMENT for anything else.
 */
export function parseView(header: string | readonly string[] | undefined): RequestedView | null {
  if (header === undefined) return null;
  const [, name, value] = /^\s*(revision|change-set)=([A-Za-z0-9_-]{1,100})\s*$/.exec(String(header)) ?? [];
  if (name === "change-set") return { changeSet: value as string };
  if (name === "revision" && /^\d{1,15}$/.test(value as string)) return { revision: Number(value) };
  throw new DomainError("INVALID_ARGUMENT", "Fulcrum-View must be revision=NUMBER or change-set=ID.");
}

/**
 * The header by which a client asks to see at least a given revision. The client knows that revision from a mutation or
 * another server.
 */
const header = "fulcrum-min-revision";

/**
 * Returns the lowest revision that the client accepts; undefined without the header. Throws a RequestError if the value
 * is not a number.
 */
export function minRevisionOf(request: IncomingMessage): Revision | undefined {
  const given = request.headers[header];
  if (given === undefined) return undefined;
  if (typeof given !== "string" || !/^\d{1,15}$/.test(given))
    throw new RequestError(400, "BAD_REQUEST", "Fulcrum-Min-Revision must be the number of a revision.");
  return Number(given);
}

/**
 * Returns the principal that the Authorization header names; anonymous without the header. Tells caches to store no
 * answer to a request with a credential. Throws UNAUTHENTICATED for an invalid credential, STORE_UNAVAILABLE for one
 * that cannot be checked now, and RATE_LIMITED if the client sent too many wrong ones.
 */
export async function principalOf(
  request: IncomingMessage,
  response: ServerResponse,
  clients: Clients,
  client: string,
): Promise<Principal> {
  if (request.headers.authorization === undefined) return anonymous;
  response.setHeader("cache-control", "no-store");
  // `headers` keeps the first of several values and drops the others.
  const given = request.headersDistinct["authorization"] ?? [];
  clients.mayTry(client, given);
  return withinDeadline(response, () => clients.authenticate(client, given));
}

/** The time that a request's work may take unless it asks for more, in milliseconds. */
const deadlineMilliseconds = 5000;

export interface Deadline {
  readonly ending: Pick<Ending, "signal">;
  /** Sets the time that the work may take from its start, in milliseconds. */
  readonly allow: (milliseconds: number) => void;
}

/**
 * The end of a request's work. The abort signal is made on first use: making one takes as long as reading one node, and
 * most requests do not need it.
 */
class Ending {
  private controller: AbortController | null = null;
  private reason: DomainError | null = null;

  /** The signal that fires when the work must end: the time is over or the client has gone. */
  get signal(): AbortSignal {
    if (this.controller === null) {
      this.controller = new AbortController();
      // Each read of a request adds a listener, and there may be many at once.
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
 * Returns the result of the work. If the time is over or the client has gone first, the work's signal fires, and a
 * RequestError DEADLINE_EXCEEDED (504) is thrown whatever the work does. The time is 5 s unless the work calls `allow`.
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
