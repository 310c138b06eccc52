import { type IncomingMessage, type Server, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { handleProtocols } from "graphql-ws";
import { type ServerOptions, WebSocketServer } from "ws";
import { RequestError } from "./body";
import { isForeign } from "./cors";
import type { ReadinessProbe } from "./readiness";
import { endWithError } from "./reply";
import { defaultHttpTimeouts } from "./timeouts";
import { createSocketServer, type ServeSocket } from "./socket";

/** The most sockets that may be open, and the largest message of a client in bytes. */
export const socketLimits = { sockets: 1_000, messageBytes: 64 * 1024 } as const;

interface SocketOptions extends ServeSocket {
  readonly readiness: ReadinessProbe;
  /** The origins whose pages may connect, as for answers over HTTP. Pages of the server's own origin always may. */
  readonly corsOrigins: readonly string[];
}

interface Sockets {
  count(): number;
  /** The number of open subscriptions, over all sockets. */
  subscriptions(): number;
  /** Ends all sockets with code 1001, and refuses new ones. */
  close(): void;
}

/**
 * Serves subscriptions on /graphql of the HTTP server, by the protocol graphql-transport-ws
 * (https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md).
 */
export function attachSockets(server: Server, options: SocketOptions): Sockets {
  // The published types lack `closeTimeout`.
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
      return refuse(
        "503 Service Unavailable",
        "SERVICE_UNAVAILABLE",
        `There are ${socketLimits.sockets} sockets, the most there may be; try again later.`,
      );
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

/** Headers that ask for another protocol. */
const asking: ReadonlySet<string> = new Set(["connection", "upgrade", "http2-settings"]);

/**
 * Serves a request that offers another protocol than WebSocket as if it had made no offer. Some clients offer h2c with
 * each first request, but a client may not insist (https://www.rfc-editor.org/rfc/rfc9110#section-7.8). A Node server
 * that listens for upgrades reads no such request to its end, so the request is passed to the server again without the
 * offer.
 */
function serveUpgradeAsRequest(server: Server, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const { method, url, rawHeaders } = request;
  let text = `${method} ${url} HTTP/1.1\r\n`;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    if (!asking.has((rawHeaders[i] as string).toLowerCase())) text += `${rawHeaders[i]}: ${rawHeaders[i + 1]}\r\n`;
  }
  socket.unshift(Buffer.concat([Buffer.from(`${text}\r\n`, "latin1"), head]));
  server.emit("connection", socket);
}
