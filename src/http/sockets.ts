import { type IncomingMessage, type Server, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { handleProtocols } from "graphql-ws";
import { type ServerOptions, WebSocketServer } from "ws";
import { RequestError } from "./body";
import { isForeign } from "./cors";
import type { ReadinessProbe } from "./readiness";
import { endWithError } from "./reply";
import { serveUpgradeAsRequest } from "./upgrade";
import { defaultHttpTimeouts } from "./timeouts";
import { createSocketServer, type ServeSocket } from "./socket";

/** The most sockets at a time, and the largest message of a client in bytes. */
export const socketLimits = { sockets: 1_000, messageBytes: 64 * 1024 } as const;

export interface SocketOptions extends ServeSocket {
  readonly readiness: ReadinessProbe;
  /** Pages of other origins may not connect, as they may not read answers over HTTP. */
  readonly corsOrigins: readonly string[];
}

export interface Sockets {
  /** How many are open. */
  count(): number;
  /** How many subscriptions are open, over all of them. */
  subscriptions(): number;
  /** Ends all sockets with 1001. */
  close(): void;
}

/**
 * Serves subscriptions on /graphql of the HTTP server, by the protocol graphql-transport-ws
 * (https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md).
 */
export function attachSockets(server: Server, options: SocketOptions): Sockets {
  // The published types do not know `closeTimeout` yet.
  const settings: ServerOptions & { readonly closeTimeout: number } = {
    noServer: true,
    maxPayload: socketLimits.messageBytes,
    closeTimeout: (options.timeouts ?? defaultHttpTimeouts).linger,
    handleProtocols,
  };
  const sockets = new WebSocketServer(settings);
  let closing = false;
  const { serve, subscriptions } = createSocketServer(options);

  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (request.headers.upgrade?.toLowerCase() !== "websocket")
      return serveUpgradeAsRequest(server, request, socket, head);
    socket.once("error", () => socket.destroy());
    const refuse = (status: string, code: string, message: string) => {
      options.onRefused(code);
      endWithError(socket, status, code, message);
    };
    if ((request.url ?? "/").split("?")[0] !== "/graphql")
      return refuse("404 Not Found", "NOT_FOUND", "There is no WebSocket at this path; subscriptions are at /graphql.");
    if (isForeign(request, options.corsOrigins))
      return refuse("403 Forbidden", "FORBIDDEN", "Pages of this origin may not connect.");
    if (closing || !options.readiness.open || options.readiness.isDraining)
      return refuse("503 Service Unavailable", "SERVICE_UNAVAILABLE", "The server is starting or ending; try again.");
    if (sockets.clients.size >= socketLimits.sockets)
      return refuse("503 Service Unavailable", "SERVICE_UNAVAILABLE", "There are too many sockets; try again later.");
    const client = options.clients.of(request);
    try {
      options.overload.admit();
      socket.once("close", options.clients.openSocket(client));
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      const { status, code, message, retryAfter } = error;
      options.onRefused(code);
      return endWithError(socket, `${status} ${STATUS_CODES[status]}`, code, message, { retryAfter });
    }
    sockets.handleUpgrade(request, socket, head, (accepted) => serve(accepted, request, client));
  });

  return {
    count: () => sockets.clients.size,
    subscriptions,
    close: () => {
      closing = true;
      for (const client of sockets.clients) client.close(1001, "Going away");
    },
  };
}
