import type { IncomingMessage, ServerResponse } from "node:http";
import { HeaderMap, type HTTPGraphQLRequest } from "@apollo/server";
import type { Principal } from "../domain/access/principal";
import { currentDay } from "../domain/current-day";
import { createContext, type GraphQLContext, sharedRevision } from "../graphql/context";
import type { GraphSource } from "../graphql/graph-access";
import { limitsOf } from "../graphql/limits/limits";
import type { ApolloServers } from "../graphql/server";
import { readJson, RequestError } from "./body";
import { encodedBody } from "./compression";
import { entityTag, hasAnswer } from "./etag";
import { type ClientAllowance, fixedCosts } from "./limits/client-allowance";
import type { Clients } from "./limits/clients";
import type { Overload } from "./limits/overload";
import { reply } from "./reply";
import type { Exchange } from "./request-observer";
import type { RequestParameters, TrustedDocuments } from "./trusted-documents";
import { minRevisionOf, principalOf, requestedView, withinDeadline } from "./view-header";

const balanceHeader = "fulcrum-throttle";

/** The value of `vary`, in one string: each later addition to a header costs more than the whole. */
const vary = `authorization, fulcrum-view, ${balanceHeader}, accept-encoding`;

export interface GraphQLEndpoint {
  readonly apollo: ApolloServers;
  readonly source: GraphSource;
  readonly clients: Clients;
  readonly overload: Overload;
  readonly documents: TrustedDocuments;
  /** Returns the name of the program, its schema and the trusted documents, for entity tags. */
  readonly build: () => string;
}

/**
 * Serves GraphQL over HTTP (https://graphql.github.io/graphql-over-http). The principal is determined first, since it
 * decides how much may be asked. Every request then passes Apollo's whole pipeline, except a GET whose answer the
 * client already has. Reads end when the deadline passes or the client goes away. Throws a RequestError for anything
 * that is not a GraphQL request.
 */
export async function serveGraphQL(
  endpoint: GraphQLEndpoint,
  request: IncomingMessage,
  response: ServerResponse,
  exchange: Exchange,
): Promise<void> {
  if (request.method !== "GET" && request.method !== "POST") {
    response.setHeader("allow", "GET, POST");
    throw new RequestError(405, "BAD_REQUEST", "The method must be GET or POST.");
  }
  response.appendHeader("vary", vary);
  const { clients, overload } = endpoint;
  const client = clients.of(request);
  const principal = await principalOf(request, response, clients, client);
  const allowance = clients.allowanceOf(client, principal);
  try {
    allowance?.mayAsk();
    const posted =
      request.method === "POST" ? await readPost(request, endpoint.documents, limitsOf(principal).bodyBytes) : null;
    await overload.work(() => answer(endpoint, request, response, { posted, principal, allowance, exchange }));
  } catch (error) {
    if (!(error instanceof RequestError && error.code === "RATE_LIMITED")) allowance?.spend(fixedCosts.failed);
    allowance?.tell(response);
    throw error;
  }
}

interface Asked {
  /** Null for a GET, which is read only if the client lacks the answer. */
  readonly posted: HTTPGraphQLRequest | null;
  readonly principal: Principal;
  readonly allowance: ClientAllowance | undefined;
  readonly exchange: Exchange;
}

function answer(
  endpoint: GraphQLEndpoint,
  request: IncomingMessage,
  response: ServerResponse,
  { posted, principal, allowance, exchange }: Asked,
): Promise<void> {
  return withinDeadline(response, async ({ ending, allow }) => {
    const view = requestedView(request, response);
    const access = await endpoint.source.access({ principal, view, ending, minRevision: minRevisionOf(request) });
    const showBalance = allowance !== undefined && asksForBalance(request, response);
    const tag = tagOf(
      request,
      { revision: access.revision, hash: access.hash, principal, showBalance },
      endpoint.build,
    );
    if (tag !== null && hasAnswer(request, tag)) {
      setCaching(response, tag);
      allowance?.spend(fixedCosts.notModified);
      allowance?.tell(response);
      response.writeHead(304).end();
      return;
    }
    const context = createContext(access, {
      authoring: endpoint.source.authoring,
      principal,
      requestId: exchange.requestId,
      allow,
      ...(allowance && { allowance, showBalance }),
    });
    exchange.report = context.report;
    const httpGraphQLRequest = posted ?? readGet(request, endpoint.documents);
    const answered = await endpoint.apollo
      .of(principal)
      .executeHTTPGraphQLRequest({ httpGraphQLRequest, context: async () => context });
    for (const [name, value] of answered.headers) {
      if (name !== "content-length" && !(name === "cache-control" && response.hasHeader(name)))
        response.setHeader(name, value);
    }
    if (answered.body.kind !== "complete") throw new Error("Incremental delivery is not part of this schema.");
    const status = answered.status ?? 200;
    if (context.report.chargedCost === 0) allowance?.spend(fixedCosts.failed);
    allowance?.tell(response);
    // Apollo tells no plugin of a request that it refuses before it reaches the document, so the report has no codes.
    if (status >= 400 && context.report.codes.length === 0) exchange.code = "BAD_REQUEST";
    if (tag !== null && status === 200 && !context.report.hasErrors) setCaching(response, tag);
    reply(
      response,
      status,
      answered.headers.get("content-type") ?? "application/json; charset=utf-8",
      await encodedBody(request, response, answered.body.string, context.report.kept?.encoded),
    );
  });
}

/** True if the client asks for its balance. Caches are then told to store no answer. */
function asksForBalance(request: IncomingMessage, response: ServerResponse): boolean {
  if (request.headers[balanceHeader] === undefined) return false;
  response.setHeader("cache-control", "no-store");
  return true;
}

/** Returns the entity tag of an answer; null if the answer is not the same for everybody. */
function tagOf(
  request: IncomingMessage,
  context: Pick<GraphQLContext, "revision" | "hash" | "principal" | "showBalance">,
  build: () => string,
): string | null {
  const revision = sharedRevision(context);
  if (request.method !== "GET" || revision === undefined) return null;
  return entityTag({
    url: request.url ?? "/",
    revision,
    hash: context.hash ?? "",
    build: build(),
    day: currentDay(),
    accept: request.headers.accept ?? "",
  });
}

/** Sets the headers of a tagged answer: a cache may store it, but must revalidate it each time. */
function setCaching(response: ServerResponse, tag: string): void {
  response.setHeader("etag", tag);
  response.setHeader("cache-control", "no-cache");
  response.appendHeader("vary", "accept");
}

const readGet = (request: IncomingMessage, documents: TrustedDocuments): HTTPGraphQLRequest => ({
  method: "GET",
  headers: headersOf(request),
  search: withParameters(searchOf(request), (given) => documents.resolve(given)),
  body: {},
});

async function readPost(
  request: IncomingMessage,
  documents: TrustedDocuments,
  maxBytes: number,
): Promise<HTTPGraphQLRequest> {
  const headers = headersOf(request);
  const body = await readJson(request, maxBytes);
  const isRequest = typeof body === "object" && body !== null && !Array.isArray(body);
  return {
    method: "POST",
    headers,
    search: searchOf(request),
    body: isRequest ? documents.resolve(body as RequestParameters) : body,
  };
}

function headersOf(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  return headers;
}

/** Returns the query string of a request's address with its question mark, or "". */
function searchOf(request: IncomingMessage): string {
  const url = request.url ?? "/";
  const start = url.indexOf("?");
  return start < 0 ? "" : url.slice(start);
}

/**
 * Applies `change` to the parameters of a GET. If `extensions` is not JSON the search stays unchanged, and Apollo
 * refuses it.
 */
function withParameters(search: string, change: (given: RequestParameters) => RequestParameters): string {
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
