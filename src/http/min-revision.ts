import type { IncomingMessage } from "node:http";
import type { Revision } from "../domain/graph/node";
import { RequestError } from "./body";

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
