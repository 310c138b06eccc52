import type { IncomingMessage, ServerResponse } from "node:http";
import type { Authenticator } from "../access/authenticator";
import { anonymous, type Principal } from "../domain/access/principal";
import { publicError } from "../graphql/errors";
import { RequestError } from "./body";
import { withinDeadline } from "./deadline";

const statuses: Readonly<Record<string, number>> = {
  UNAUTHENTICATED: 401,
  SERVICE_UNAVAILABLE: 503,
  DEADLINE_EXCEEDED: 504,
};

/**
 * Who sends the request, by its Authorization header. Caches are told that the answer is theirs alone. Throws a
 * RequestError for a credential that is not valid (with the challenge that HTTP asks for), or cannot be checked now.
 */
export async function principalOf(
  request: IncomingMessage,
  response: ServerResponse,
  authenticator: Authenticator,
): Promise<Principal> {
  response.appendHeader("vary", "authorization");
  if (request.headers.authorization === undefined) return anonymous;
  response.setHeader("cache-control", "no-store");
  // `headers` keeps the first of several and drops the others.
  const given = request.headersDistinct["authorization"] ?? [];
  try {
    return await withinDeadline(response, () => authenticator.authenticate(given));
  } catch (cause) {
    if (cause instanceof RequestError) throw cause;
    const { code, message } = publicError(cause);
    const status = statuses[code];
    if (status === undefined) throw cause;
    // https://www.rfc-editor.org/rfc/rfc6750#section-3
    if (status === 401) response.setHeader("www-authenticate", 'Bearer realm="fulcrum", error="invalid_token"');
    throw new RequestError(status, code, message, { cause });
  }
}
