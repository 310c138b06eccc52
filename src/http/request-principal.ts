import type { IncomingMessage, ServerResponse } from "node:http";
import { anonymous, type Principal } from "../domain/access/principal";
import { withinDeadline } from "./deadline";
import type { Clients } from "./limits/clients";

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
