import type { IncomingMessage, ServerResponse } from "node:http";
import { type ApolloServer, HeaderMap, type HTTPGraphQLRequest } from "@apollo/server";
import { anonymous } from "../domain/access/principal";
import { DomainError } from "../domain/errors";
import { createContext, type GraphQLContext } from "../graphql/context";
import type { GraphSource } from "../graphql/graph-source";
import { readJson } from "./body";
import { encodedBody } from "./compression";
import { entityTag, hasAnswer } from "./entity-tag";
import { minRevisionOf } from "./min-revision";
import { reply, replyError } from "./reply";
import { searchOf, withParameters } from "./search-parameters";
import type { TrustedDocuments } from "./trusted-documents";

/** How long a request may take, in milliseconds. */
export const deadlineMilliseconds = 5_000;

export interface GraphQLOptions {
  readonly apollo: ApolloServer<GraphQLContext>;
  readonly source: GraphSource;
  readonly documents: TrustedDocuments;
  /** Names the program and its schema, for entity tags. */
  readonly build: () => string;
}

/**
 * Serves GraphQL over HTTP (https://graphql.github.io/graphql-over-http): every request passes Apollo's whole pipeline,
 * but for a GET whose answer the client has already. Reads end when the deadline passes or the client goes away. Throws a
 * RequestError for what is no GraphQL request.
 */
export async function serveGraphQL(
  options: GraphQLOptions,
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
): Promise<void> {
  if (request.method !== "GET" && request.method !== "POST") {
    response.setHeader("allow", "GET, POST");
    return replyError(response, 405, "BAD_REQUEST", "The method must be GET or POST.");
  }
  const httpGraphQLRequest = await readRequest(request, options.documents);
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
    const isAnswered = await Promise.race([
      overdue,
      answer(options, request, response, httpGraphQLRequest, requestId, abort.signal),
    ]);
    if (!isAnswered) replyError(response, 504, "DEADLINE_EXCEEDED", "The request took too long.");
  } finally {
    clearTimeout(timer);
    response.off("close", gone);
  }
}

async function answer(
  { apollo, source, build }: GraphQLOptions,
  request: IncomingMessage,
  response: ServerResponse,
  httpGraphQLRequest: HTTPGraphQLRequest,
  requestId: string,
  signal: AbortSignal,
): Promise<true> {
  const access = await source.access({ signal, minRevision: minRevisionOf(request) });
  const context = createContext({ ...access, principal: anonymous, requestId, signal });
  const tag =
    request.method === "GET" && access.revision !== undefined
      ? entityTag({
          url: request.url ?? "/",
          revision: access.revision,
          role: context.principal.role,
          build: build(),
          day: new Date().toISOString().slice(0, 10),
          accept: request.headers.accept ?? "",
        })
      : null;
  if (tag && hasAnswer(request, tag)) {
    setCaching(response, tag);
    response.writeHead(304).end();
    return true;
  }
  const answered = await apollo.executeHTTPGraphQLRequest({ httpGraphQLRequest, context: async () => context });
  for (const [name, value] of answered.headers) if (name !== "content-length") response.setHeader(name, value);
  if (answered.body.kind !== "complete") throw new Error("Incremental delivery is not part of this schema.");
  const status = answered.status ?? 200;
  if (tag && status === 200 && !context.report.hasErrors) setCaching(response, tag);
  reply(
    response,
    status,
    answered.headers.get("content-type") ?? "application/json; charset=utf-8",
    await encodedBody(request, response, answered.body.string),
  );
  return true;
}

/** A cache may keep the answer, and asks each time whether it still holds. */
function setCaching(response: ServerResponse, tag: string): void {
  response.setHeader("etag", tag);
  response.setHeader("cache-control", "no-cache");
  response.appendHeader("vary", ["authorization", "fulcrum-view", "accept"]);
}

async function readRequest(request: IncomingMessage, documents: TrustedDocuments): Promise<HTTPGraphQLRequest> {
  const headers = headersOf(request);
  if (request.method === "POST") {
    const body = await readJson(request);
    const isRequest = typeof body === "object" && body !== null && !Array.isArray(body);
    return {
      method: "POST",
      headers,
      search: searchOf(request),
      body: isRequest ? documents.resolve(body as Readonly<Record<string, unknown>>) : body,
    };
  }
  return {
    method: "GET",
    headers,
    search: withParameters(searchOf(request), (given) => documents.resolve(given)),
    body: {},
  };
}

function headersOf(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  return headers;
}
