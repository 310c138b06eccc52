import type { IncomingMessage, ServerResponse } from "node:http";
import { HeaderMap, type HTTPGraphQLRequest } from "@apollo/server";
import type { Authenticator } from "../access/authenticator";
import { createContext } from "../graphql/context";
import type { GraphSource } from "../graphql/graph-source";
import { limitsOf } from "../graphql/limits/limits";
import type { ApolloServers } from "../graphql/servers";
import { readJson } from "./body";
import { withinDeadline } from "./deadline";
import { reply, replyError } from "./reply";
import { principalOf } from "./request-principal";
import { accessOf } from "./view-header";

export interface GraphQLEndpoint {
  readonly apollo: ApolloServers;
  readonly source: GraphSource;
  readonly authenticator: Authenticator;
}

/**
 * Serves GraphQL over HTTP (https://graphql.github.io/graphql-over-http): who asks is found out first, since that decides
 * how much may be asked; then every request passes Apollo's whole pipeline.
 * Reads end when the deadline passes or the client goes away. Throws a RequestError for what is no GraphQL request.
 */
export async function serveGraphQL(
  { apollo, source, authenticator }: GraphQLEndpoint,
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
): Promise<void> {
  if (request.method !== "GET" && request.method !== "POST") {
    response.setHeader("allow", "GET, POST");
    return replyError(response, 405, "BAD_REQUEST", "The method must be GET or POST.");
  }
  const principal = await principalOf(request, response, authenticator);
  const httpGraphQLRequest: HTTPGraphQLRequest = {
    method: request.method,
    headers: headersOf(request),
    search: new URL(request.url ?? "/", "http://localhost").search,
    body: request.method === "POST" ? await readJson(request, limitsOf(principal).bodyBytes) : {},
  };
  const answered = await withinDeadline(response, async (signal) => {
    const access = await accessOf(request, response, source, { principal, signal });
    return apollo.of(principal).executeHTTPGraphQLRequest({
      httpGraphQLRequest,
      context: async () => createContext({ ...access, authoring: source.authoring, principal, requestId, signal }),
    });
  });
  for (const [name, value] of answered.headers) {
    if (name !== "content-length" && !(name === "cache-control" && response.hasHeader(name)))
      response.setHeader(name, value);
  }
  if (answered.body.kind !== "complete") throw new Error("Incremental delivery is not part of this schema.");
  reply(
    response,
    answered.status ?? 200,
    answered.headers.get("content-type") ?? "application/json; charset=utf-8",
    answered.body.string,
  );
}

function headersOf(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  return headers;
}
