import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { minBytesPerSecond, type HttpTimeouts } from "./timeouts";

/**
 * Limits the number of a server's connections. A connection beyond the limit ends the one that has waited longest for
 * its peer to send a request or take an answer. A client that holds connections open thus keeps nobody else out, least
 * of all probes. If every connection is being served, the new one is ended.
 *
 * WebSockets are counted, but never ended to make room; they have a limit of their own.
 */
export function limitConnections(server: Server, maxConnections: number): void {
  /**
   * The latest response of each connection, null before its first request or between two. Those that have waited
   * longest come first.
   */
  const waiting = new Map<Socket, ServerResponse | null>();
  let count = 0;

  const makeRoom = (newcomer: Socket): void => {
    for (const [socket, response] of waiting) {
      if (response?.req.complete && !response.writableEnded) continue;
      waiting.delete(socket);
      return void socket.destroy();
    }
    newcomer.destroy();
  };

  onConnection(server, (socket) => {
    count++;
    waiting.set(socket, null);
    socket.once("close", () => {
      count--;
      waiting.delete(socket);
    });
    if (count > maxConnections) makeRoom(socket);
  });
  server.on("request", ({ socket }: IncomingMessage, response: ServerResponse) => {
    waiting.set(socket, response);
    response.once("close", () => {
      // The connection goes to the end of the line, unless its next request has come already.
      if (waiting.get(socket) !== response || socket.destroyed) return;
      waiting.delete(socket);
      waiting.set(socket, null);
    });
  });
  server.on("upgrade", ({ socket }: IncomingMessage) => void waiting.delete(socket));
}

/** A connection with unread bytes, as the last look found it. `taken` counts the bytes that the peer had taken. */
interface Unread {
  readonly taken: number;
  /** The time by which the peer must have taken more, by `performance.now()`. */
  readonly deadline: number;
}

/**
 * Ends connections, including WebSockets, whose peers do not read what was written to them. A peer must take some bytes
 * every `stalled` milliseconds, and `minBytesPerSecond` of one write. A look every `check` milliseconds costs requests
 * nothing.
 */
export function endStalledReaders(server: Server, { stalled, check }: Pick<HttpTimeouts, "stalled" | "check">): void {
  const connections = new Map<Socket, Unread | null>();
  onConnection(server, (socket) => {
    connections.set(socket, null);
    socket.once("close", () => connections.delete(socket));
  });
  const look = setInterval(() => {
    const now = performance.now();
    for (const [socket, unread] of connections) {
      const bytes = socket.writableLength;
      if (bytes === 0) {
        if (unread) connections.set(socket, null);
        continue;
      }
      const taken = socket.bytesWritten - bytes;
      if (unread && taken === unread.taken) {
        if (now > unread.deadline) socket.destroy();
        continue;
      }
      connections.set(socket, { taken, deadline: now + stalled + (bytes / minBytesPerSecond) * 1_000 });
      // Node ends a connection whose timeout passes, and counts each part of a write that is read as activity.
      socket.setTimeout(stalled);
    }
  }, check);
  look.unref();
  server.once("close", () => clearInterval(look));
}

/**
 * Calls back once for each connection. Node emits the event again for a connection whose offer of another protocol was
 * declined.
 */
function onConnection(server: Server, opened: (socket: Socket) => void): void {
  const known = new WeakSet<Socket>();
  server.on("connection", (socket: Socket) => {
    if (known.has(socket)) return;
    known.add(socket);
    opened(socket);
  });
}
