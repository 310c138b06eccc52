import type { IncomingMessage, ServerResponse } from "node:http";
import { DomainError } from "../domain/errors";
import type { RequestedView } from "../graphql/graph-source";

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
