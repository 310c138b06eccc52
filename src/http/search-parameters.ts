import type { IncomingMessage } from "node:http";
import type { RequestParameters } from "./trusted-documents";

/** What follows the path of a request's address: empty, or from the question mark on. */
export function searchOf(request: IncomingMessage): string {
  const url = request.url ?? "/";
  const start = url.indexOf("?");
  return start < 0 ? "" : url.slice(start);
}

/** The parameters of a GET, changed. Where `extensions` is no JSON it stays as it is, for Apollo to refuse. */
export function withParameters(search: string, change: (given: RequestParameters) => RequestParameters): string {
  const parameters = new URLSearchParams(search);
  const given: Record<string, unknown> = {};
  for (const name of ["query", "documentId"]) if (parameters.has(name)) given[name] = parameters.get(name);
  const extensions = parameters.get("extensions");
  try {
    if (extensions !== null) given["extensions"] = JSON.parse(extensions);
  } catch {
    return search;
  }
  const changed = change(given);
  if (changed["query"] === given["query"] && given["documentId"] === undefined && extensions === null) return search;
  parameters.delete("documentId");
  if (typeof changed["query"] === "string") parameters.set("query", changed["query"]);
  if (extensions !== null) parameters.set("extensions", JSON.stringify(changed["extensions"]));
  return `?${parameters.toString()}`;
}
