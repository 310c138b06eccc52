import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Logger } from "pino";
import { type ErrorCode, publicError } from "../graphql/errors";
import { RequestError } from "./body";
import { handleCors } from "./cors";
import { type GraphQLEndpoint, serveGraphQL } from "./graphql-endpoint";
import { createIde } from "./ide";
import { fixedCosts } from "./limits/client-allowance";
import type { ReadinessProbe } from "./readiness";
import { endStalledReaders, limitConnections } from "./connections";
import { logRequest, RefusalLog, requestIdOf } from "./request-log";
import { endWithError, errorBody, reply } from "./reply";
import { defaultHttpTimeouts, type HttpTimeouts } from "./timeouts";
import { type Exchange, type RequestObserver, routeOf, type StartRequestSpan } from "./request-observer";

const json = "application/json; charset=utf-8";

const maxHeaderBytes = 16 * 1024;

/** HTTP statuses of errors that arise before GraphQL; 400 for codes not listed, 500 for INTERNAL_SERVER_ERROR. */
const statusOf: Readonly<Partial<Record<ErrorCode, number>>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  SERVICE_UNAVAILABLE: 503,
  DEADLINE_EXCEEDED: 504,
};

interface HttpOptions extends GraphQLEndpoint {
  readonly readiness: ReadinessProbe;
  readonly logger: Logger;
  readonly corsOrigins: readonly string[];
  /** The folder of example operations for the IDE. Null switches the IDE off. */
  readonly examplesFolder: string | null;
  readonly maxConnections: number;
  readonly timeouts?: HttpTimeouts;
  readonly observeRequest: RequestObserver;
  /** Null if requests are not traced. */
  readonly startSpan: StartRequestSpan | null;
}

/**
 * Creates the HTTP server: /graphql, the IDE's assets, /healthz (the process lives) and /readyz (requests can be
 * served).
 */
export function createHttpServer(options: HttpOptions): Server {
  const ide = options.examplesFolder === null ? () => false : createIde(options.examplesFolder);

  const route = async (
    request: IncomingMessage,
    response: ServerResponse,
    pathname: string,
    exchange: Exchange,
  ): Promise<void> => {
    if (handleCors(request, response, options.corsOrigins)) return;
    if (pathname === "/healthz") return reply(response, 200, "application/json", '{"status":"ok"}\n');
    if (pathname === "/readyz") return replyReadiness(response, options.readiness);
    options.overload.admit();
    if (pathname !== "/graphql") options.clients.allowanceOf(options.clients.of(request))?.pay(fixedCosts.page);
    if (ide(request, response, pathname)) return;
    if (pathname === "/") return void response.writeHead(302, { location: "/graphql" }).end();
    if (pathname !== "/graphql")
      throw new RequestError(404, "NOT_FOUND", "There is nothing at this path; the API is at /graphql.");
    if (!options.readiness.open)
      throw new RequestError(503, "SERVICE_UNAVAILABLE", "The server is starting; try again shortly.");
    return serveGraphQL(options, request, response, exchange);
  };

  const { timeouts = defaultHttpTimeouts } = options;
  const refusals = new RefusalLog(options.logger);
  const settings = {
    maxHeaderSize: maxHeaderBytes,
    headersTimeout: timeouts.headers,
    requestTimeout: timeouts.request,
    keepAliveTimeout: timeouts.keepAlive,
    connectionsCheckingInterval: timeouts.check,
  };
  const server = createServer(settings, (request, response) => {
    const started = performance.now();
    const requestId = requestIdOf(request);
    const pathname = (request.url ?? "/").split("?")[0] as string;
    const exchange: Exchange = { requestId, code: null, isRefused: false, report: null };
    const span = (pathname === "/graphql" && options.startSpan?.(request, requestId)) || null;
    response.setHeader("x-request-id", requestId);
    response.setHeader("x-content-type-options", "nosniff");
    if (options.readiness.isDraining) response.setHeader("connection", "close");
    response.once("close", () => {
      const served = {
        requestId,
        code: exchange.code,
        isRefused: exchange.isRefused,
        report: exchange.report,
        route: routeOf(pathname),
        method: request.method ?? "",
        status: response.statusCode,
        milliseconds: Math.round((performance.now() - started) * 100) / 100,
        isAborted: !response.writableFinished,
      };
      if (exchange.isRefused) refusals.count(exchange.code as string);
      else logRequest(options.logger, pathname, served, span?.traceId);
      options.observeRequest(served);
      span?.end(served);
    });
    const serving = () => route(request, response, pathname, exchange);
    (span ? span.within(serving) : serving()).catch((error: unknown) => {
      if (error instanceof RequestError) {
        exchange.code = error.code;
        exchange.isRefused = error.retryAfter !== null;
        if (error.retryAfter !== null) response.setHeader("retry-after", error.retryAfter);
        return reply(response, error.status, json, error.body);
      }
      if (request.destroyed && !response.writable) return;
      const { code, message } = publicError(error);
      exchange.code = code;
      if (code === "INTERNAL_SERVER_ERROR") options.logger.error({ requestId, err: error }, "request failed");
      if (code === "SERVICE_UNAVAILABLE") options.logger.warn({ requestId, err: error }, "request not served");
      // https://www.rfc-editor.org/rfc/rfc6750#section-3
      if (code === "UNAUTHENTICATED")
        response.setHeader("www-authenticate", 'Bearer realm="fulcrum", error="invalid_token"');
      const status = code === "INTERNAL_SERVER_ERROR" ? 500 : (statusOf[code] ?? 400);
      reply(response, status, json, errorBody(code, message));
    });
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Answered) => refuse(error, socket, timeouts.linger));
  server.once("close", () => refusals.write());
  limitConnections(server, options.maxConnections);
  endStalledReaders(server, timeouts);
  return server;
}

async function replyReadiness(response: ServerResponse, readiness: ReadinessProbe): Promise<void> {
  const state = await readiness.check();
  const body = state.ready
    ? { status: "ready", ...state.served, ...awayOf(state.storeAwaySeconds), ...staleOf(state.staleKeysSeconds) }
    : { status: "unavailable", reason: state.reason };
  reply(response, state.ready ? 200 : 503, "application/json", `${JSON.stringify(body)}\n`);
}

const awayOf = (seconds: number | undefined) =>
  seconds === undefined ? {} : { reads: "memory", writes: `store away for ${seconds} s` };

const staleOf = (seconds: number | undefined) =>
  seconds === undefined ? {} : { signingKeys: `not readable for ${seconds} s, those read last are used` };

/** A connection as Node's server holds it, with the answer that it is sending, if any. */
type Answered = Socket & { readonly _httpMessage?: ServerResponse | null };

/** Answers bytes that are not a whole HTTP request, in the same shape as other errors, then ends the connection. */
function refuse({ code }: NodeJS.ErrnoException, socket: Answered, linger: number): void {
  // The connection was answered already and is being ended.
  if (socket.writableEnded) return;
  const isSilent = code === "ERR_HTTP_REQUEST_TIMEOUT" && socket.bytesRead === 0;
  if (!socket.writable || code === "ECONNRESET" || isSilent || socket._httpMessage?.headersSent)
    return void socket.destroy();
  const [status, publicCode, message] = refusals[code ?? ""] ?? notHttp;
  endWithError(socket, status, publicCode, message, { linger });
}

type Refusal = readonly [status: string, code: string, message: string];
const notHttp: Refusal = ["400 Bad Request", "BAD_REQUEST", "This is not an HTTP request."];
const refusals: Readonly<Record<string, Refusal>> = {
  HPE_HEADER_OVERFLOW: [
    "431 Request Header Fields Too Large",
    "PAYLOAD_TOO_LARGE",
    `The headers may have at most ${maxHeaderBytes} bytes.`,
  ],
  ERR_HTTP_REQUEST_TIMEOUT: ["408 Request Timeout", "BAD_REQUEST", "The request took too long to come."],
};
