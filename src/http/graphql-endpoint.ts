import type { IncomingMessage, ServerResponse } from "node:http";
import { type ApolloServer, HeaderMap, type HTTPGraphQLRequest } from "@apollo/server";
import { anonymous } from "../domain/access/principal";
import { DomainError } from "../domain/errors";
import { createContext, type GraphQLContext } from "../graphql/context";
import type { GraphSource } from "../graphql/graph-source";
import { readJson } from "./body";
import { reply, replyError, replyRefusal } from "./reply";
import { parseView, viewHeader } from "./view-header";

/** How long a request may take, in milliseconds. */
export const deadlineMilliseconds = 5_000;

/**
 * Serves GraphQL over HTTP (https://graphql.github.io/graphql-over-http): every request passes Apollo's whole pipeline.
 * Reads end when the deadline passes or the client goes away. Throws a RequestError for what is no GraphQL request.
 */
export async function serveGraphQL(
  { apollo, source }: { readonly apollo: ApolloServer<GraphQLContext>; readonly source: GraphSource },
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
): Promise<void> {
  if (request.method !== "GET" && request.method !== "POST") {
    response.setHeader("allow", "GET, POST");
    return replyError(response, 405, "BAD_REQUEST", "The method must be GET or POST.");
  }
  const httpGraphQLRequest: HTTPGraphQLRequest = {
    method: request.method,
    headers: headersOf(request),
    search: new URL(request.url ?? "/", "http://localhost").search,
    body: request.method === "POST" ? await readJson(request) : {},
  };
  const isOfView = request.headers[viewHeader] !== undefined;
  response.appendHeader("vary", viewHeader);
  if (isOfView) response.setHeader("cache-control", "no-store");
  const abort = new AbortController();
  const timer = setTimeout(
    () => abort.abort(new DomainError("DEADLINE_EXCEEDED", "The request took too long.")),
    deadlineMilliseconds,
  );
  const gone = () => abort.abort(new DomainError("ABORTED", "The client went away."));
  response.once("close", gone);
  const overdue = new Promise<null>((resolve) =>
    abort.signal.addEventListener("abort", () => resolve(null), { once: true }),
  );
  try {
    const { signal } = abort;
    const principal = anonymous;
    const execute = async () => {
      const view = parseView(request.headers[viewHeader]);
      const access = await source.access({ signal, principal, view });
      return apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest,
        context: async () => createContext({ ...access, authoring: source.authoring, principal, requestId, signal }),
      });
    };
    const answered = await Promise.race([overdue, execute()]);
    if (!answered) return replyError(response, 504, "DEADLINE_EXCEEDED", "The request took too long.");
    for (const [name, value] of answered.headers) {
      if (name !== "content-length" && !(isOfView && name === "cache-control")) response.setHeader(name, value);
    }
    if (answered.body.kind !== "complete") throw new Error("Incremental delivery is not part of this schema.");
    reply(
      response,
      answered.status ?? 200,
      answered.headers.get("content-type") ?? "application/json; charset=utf-8",
      answered.body.string,
    );
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    replyRefusal(response, error);
  } finally {
    clearTimeout(timer);
    response.off("close", gone);
  }
}

function headersOf(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  return headers;
}
