import { setMaxListeners } from "node:events";
import type { IncomingMessage } from "node:http";
import { GraphQLError, type GraphQLSchema } from "graphql";
import { type Context, makeServer } from "graphql-ws";
import type { Logger } from "pino";
import type { WebSocket } from "ws";
import { DomainError } from "../domain/errors";
import type { CommitFeed } from "../domain/graph/commit-feed";
import { logErrors } from "../graphql/error-log";
import { formatError, publicError } from "../graphql/errors";
import type { GraphSource } from "../graphql/graph-access";
import { anonymousLimits } from "../graphql/limits/limits";
import { limitError } from "../graphql/limits/meter";
import { admit } from "../graphql/subscriptions/admit";
import { subscriptionContext } from "../graphql/subscriptions/subscription-context";
import { RequestError } from "./body";
import { fixedCosts } from "./limits/client-allowance";
import type { Clients } from "./limits/clients";
import type { Overload } from "./limits/overload";
import { requestIdOf } from "./request-log";
import { defaultHttpTimeouts, type HttpTimeouts } from "./timeouts";
import type { TrustedDocuments } from "./trusted-documents";

const maxSubscriptions = 10;

/**
 * The code with which a socket is closed for what its client sends: 4 and the HTTP status, as in the protocol's own
 * codes.
 */
const tooManyRequests = 4429;

export interface ServeSocket {
  readonly schema: GraphQLSchema;
  readonly source: GraphSource;
  readonly feed: CommitFeed;
  readonly documents: TrustedDocuments;
  readonly clients: Clients;
  readonly overload: Overload;
  readonly logger: Logger;
  readonly timeouts?: HttpTimeouts;
  /** Called with the code of each socket and each subscription that is refused. */
  readonly onRefused: (code: string) => void;
}

interface Connected {
  readonly socket: WebSocket;
  readonly request: IncomingMessage;
  readonly requestId: string;
  /** The client's name, which its allowance is kept under if it has no credential. */
  readonly client: string;
  readonly signal: AbortSignal;
}

interface SocketServer {
  serve(socket: WebSocket, request: IncomingMessage, client: string): void;
  /** The number of open subscriptions, over all sockets. */
  subscriptions(): number;
}

/** Creates the server of all sockets: reads their messages, runs their subscriptions, and ends silent sockets. */
export function createSocketServer(options: ServeSocket): SocketServer {
  const {
    schema,
    source,
    feed,
    documents,
    clients,
    overload,
    logger,
    onRefused,
    timeouts = defaultHttpTimeouts,
  } = options;
  const connected = new Set<Context<Record<string, unknown>, Connected>>();
  const server = makeServer<Record<string, unknown>, Connected>({
    connectionInitWaitTimeout: timeouts.socketInit,

    onConnect: async (context) => {
      const { connectionParams, extra } = context;
      connected.add(context);
      try {
        await clients.authenticate(extra.client, authorizationOf(extra.request, connectionParams));
        return { requestId: extra.requestId };
      } catch (error) {
        if (error instanceof RequestError) {
          onRefused(error.code);
          return void extra.socket.close(tooManyRequests, error.message);
        }
        if (!(error instanceof DomainError && error.code === "UNAUTHENTICATED")) throw error;
        onRefused(error.code);
        return false;
      }
    },

    onClose: (context) => void connected.delete(context),

    onSubscribe: async ({ connectionParams, subscriptions, extra }, _id, payload) => {
      try {
        if (Object.keys(subscriptions).length > maxSubscriptions)
          return [
            limitError(
              "OPERATION_TOO_COMPLEX",
              `A socket may have at most ${maxSubscriptions} subscriptions at a time.`,
              {
                limit: maxSubscriptions,
              },
            ),
          ];
        overload.admit();
        const { requestId, signal, client } = extra;
        // A key may have been revoked since the socket was opened.
        const principal = await clients.authenticate(client, authorizationOf(extra.request, connectionParams));
        const allowance = clients.allowanceOf(client, principal);
        allowance?.pay(fixedCosts.subscription);
        // The protocol requires the text, so a document is not asked for by its name here.
        documents.resolve({ ...payload });
        const admitted = admit(schema, payload, anonymousLimits);
        if (!("document" in admitted)) return admitted;
        return {
          schema,
          document: admitted.document,
          operationName: payload.operationName,
          variableValues: payload.variables,
          contextValue: subscriptionContext({
            source,
            feed,
            principal,
            requestId,
            signal,
            eventCost: admitted.cost,
            eventLimit: anonymousLimits.cost,
            ...(allowance && { allowance }),
          }),
        };
      } catch (error) {
        return [asGraphQLError(error)];
      }
    },

    onNext: ({ extra }, _id, _payload, _args, result) => {
      if (!result.errors) return;
      logErrors(logger, extra.requestId, result.errors);
      return { data: result.data ?? null, errors: result.errors.map(masked) };
    },

    onError: ({ extra }, _id, _payload, errors) => {
      const failures = errors.map(asGraphQLError);
      for (const code of new Set(failures.map((failure) => publicError(failure).code))) onRefused(code);
      logErrors(logger, extra.requestId, failures);
      return failures.map(masked);
    },
  });

  const serve = (socket: WebSocket, request: IncomingMessage, client: string): void => {
    const requestId = requestIdOf(request);
    const gone = new AbortController();
    setMaxListeners(0, gone.signal);
    let isHeard = true;
    const beat = setInterval(() => {
      if (!isHeard) return socket.terminate();
      isHeard = false;
      socket.ping();
    }, timeouts.heartbeat);
    socket.on("pong", () => (isHeard = true));
    // A client that violates the protocol loses its socket, which needs no further handling.
    socket.on("error", () => undefined);
    const closed = server.opened(
      {
        protocol: socket.protocol,
        // The promise resolves when the bytes are on their way, so that a slow reader is sent no more than it takes.
        send: (text) =>
          new Promise((resolve) =>
            socket.readyState === socket.OPEN ? socket.send(text, () => resolve()) : resolve(),
          ),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (take) =>
          socket.on("message", (data: Buffer) => {
            const allowance = clients.allowanceOf(client);
            allowance?.spend(fixedCosts.message);
            if (allowance?.isOverdrawn) {
              // More of the client's messages may be on their way, so a refusal is counted only while the socket is
              // open.
              if (socket.readyState === socket.OPEN) onRefused("RATE_LIMITED");
              return socket.close(tooManyRequests, "This client sends too much.");
            }
            take(String(data)).catch((error: unknown) => {
              logger.error({ requestId, err: error }, "socket failed");
              socket.close(1011, "Internal error");
            });
          }),
      },
      { socket, request, requestId, client, signal: gone.signal },
    );
    socket.once("close", (code, reason) => {
      clearInterval(beat);
      gone.abort();
      void closed(code, String(reason));
    });
  };
  return {
    serve,
    subscriptions: () => [...connected].reduce((sum, { subscriptions }) => sum + Object.keys(subscriptions).length, 0),
  };
}

/**
 * Returns the credentials of a socket: that of its first message, then those of its headers. Browsers cannot set
 * headers of a WebSocket.
 */
function authorizationOf(request: IncomingMessage, params: Readonly<Record<string, unknown>> | undefined) {
  const given = params?.["authorization"] ?? params?.["Authorization"];
  const ofRequest = request.headersDistinct["authorization"] ?? [];
  if (given === undefined || given === null) return ofRequest;
  return [typeof given === "string" ? given : JSON.stringify(given), ...ofRequest];
}

function asGraphQLError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  if (error instanceof RequestError) return new GraphQLError(error.message, { extensions: { code: error.code } });
  return new GraphQLError("The operation failed.", { originalError: error instanceof Error ? error : null });
}

const masked = (error: GraphQLError) => formatError(error.toJSON(), error);
