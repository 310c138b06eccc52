import { setMaxListeners } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { anonymous, type Principal } from "../domain/access/principal";
import { DomainError } from "../domain/errors";
import type { Revision } from "../domain/graph/node";
import type { RequestedView } from "../graphql/graph-access";
import { RequestError } from "./body";
import type { Clients } from "./limits/clients";

/** The name of the header, as Node has it. */
const viewHeader = "fulcrum-view";

/**
 * The view that the request is about; null for what is published now. Caches are told to keep no answer about a view.
 * Throws INVALID_ARGUMENT for a header that names no view.
 */
export function requestedView(request: IncomingMessage, response: ServerResponse): RequestedView | null {
  const header = request.headers[viewHeader];
  if (header !== undefined) response.setHeader("cache-control", "no-store");
  return parseView(header);
}

/** Reads `revision=12` or `change-set=…`; null without the header. Throws INVALID_ARGUMENT for anything else. */
export function parseView(header: string | readonly string[] | undefined): RequestedView | null {
  if (header === undefined) return null;
  const [, name, value] = /^\s*(revision|change-set)=([A-Za-z0-9_-]{1,100})\s*$/.exec(String(header)) ?? [];
  if (name === "change-set") return { changeSet: value as string };
  if (name === "revision" && /^\d{1,15}$/.test(value as string)) return { revision: Number(value) };
  throw new DomainError("INVALID_ARGUMENT", "Fulcrum-View must be revision=NUMBER or change-set=ID.");
}

/** The header by which a client asks to see at least a revision: one that it was told of, by a mutation or another server. */
const header = "fulcrum-min-revision";

/** The least revision that the client wants to see; undefined if it does not mind. Throws a RequestError for no number. */
export function minRevisionOf(request: IncomingMessage): Revision | undefined {
  const given = request.headers[header];
  if (given === undefined) return undefined;
  if (typeof given !== "string" || !/^\d{1,15}$/.test(given))
    throw new RequestError(400, "BAD_REQUEST", "Fulcrum-Min-Revision must be the number of a revision.");
  return Number(given);
}

/**
 * Who sends the request, by its Authorization header. Caches are to keep no answer to one that is known. Throws
 * UNAUTHENTICATED for a credential that is not valid, STORE_UNAVAILABLE for one that cannot be checked now, and
 * RATE_LIMITED where too many of the client's were wrong.
 */
export async function principalOf(
  request: IncomingMessage,
  response: ServerResponse,
  clients: Clients,
  client: string,
): Promise<Principal> {
  if (request.headers.authorization === undefined) return anonymous;
  response.setHeader("cache-control", "no-store");
  // `headers` keeps the first of several and drops the others.
  const given = request.headersDistinct["authorization"] ?? [];
  clients.mayTry(client, given);
  return withinDeadline(response, () => clients.authenticate(client, given));
}

/** How long a part of a request that asks a store or others may take, in milliseconds. */
const deadlineMilliseconds = 5000;

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
