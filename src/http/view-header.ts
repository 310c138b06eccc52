import type { IncomingMessage, ServerResponse } from "node:http";
import { DomainError } from "../domain/errors";
import type { RequestedView } from "../graphql/graph-access";
import type { Revision } from "../domain/graph/node";
import { type Principal, anonymous } from "../domain/access/principal";
import { RequestError } from "./body";
import { withinDeadline } from "./deadline";
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
