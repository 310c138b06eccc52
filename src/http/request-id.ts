import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** The client's own request id if it is harmless to log, else a new one. */
export function requestIdOf(request: IncomingMessage): string {
  const given = request.headers["x-request-id"];
  return typeof given === "string" && /^[\w.:-]{1,100}$/.test(given) ? given : randomUUID();
}
