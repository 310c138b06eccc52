import type { IncomingMessage, ServerResponse } from "node:http";
import { DomainError } from "../domain/errors";
import type { GraphAccess } from "../graphql/context";
import { type ErrorCode, publicError } from "../graphql/errors";
import type { AccessRequest, GraphSource, RequestedView } from "../graphql/graph-source";
import { RequestError } from "./body";

/** The name of the header, as Node has it. */
const viewHeader = "fulcrum-view";

const statuses: { readonly [C in ErrorCode]?: number } = {
  BAD_USER_INPUT: 400,
  OPERATION_TOO_COMPLEX: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  SERVICE_UNAVAILABLE: 503,
};

/**
 * The way to the graph that the request asks for. Caches are told that answers differ by the header, and to keep none of a
 * view. Throws a RequestError for a view that cannot be given.
 */
export async function accessOf(
  request: IncomingMessage,
  response: ServerResponse,
  source: GraphSource,
  who: Omit<AccessRequest, "view">,
): Promise<GraphAccess> {
  const header = request.headers[viewHeader];
  response.appendHeader("vary", viewHeader);
  if (header === undefined) return source.published(who);
  response.setHeader("cache-control", "no-store");
  try {
    return await source.access({ ...who, view: parseView(header) });
  } catch (cause) {
    const { code, message } = publicError(cause);
    const status = statuses[code];
    if (status === undefined) throw cause;
    throw new RequestError(status, code, message, { cause });
  }
}

/** Reads `revision=12` or `change-set=…`; null without the header. Throws INVALID_ARGUMENT for anything else. */
export function parseView(header: string | readonly string[] | undefined): RequestedView | null {
  if (header === undefined) return null;
  const [, name, value] = /^\s*(revision|change-set)=([A-Za-z0-9_-]{1,100})\s*$/.exec(String(header)) ?? [];
  if (name === "change-set") return { changeSet: value as string };
  if (name === "revision" && /^\d{1,15}$/.test(value as string)) return { revision: Number(value) };
  throw new DomainError("INVALID_ARGUMENT", "Fulcrum-View must be revision=NUMBER or change-set=ID.");
}
