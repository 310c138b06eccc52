import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { minBytesPerSecond, type HttpTimeouts } from "./timeouts";

/**
 * Holds an HTTP server to a number of connections. One more than that ends the connection that has been waiting longest
 * for its peer: to send a request, or to take an answer. So whoever holds connections open keeps nobody else out, probes
 * least of all. Where every connection is being served, the new one is ended.
 *
 * WebSockets are counted and never ended for others' sake; they have a limit of their own.
 */
export function limitConnections(server: Server, maxConnections: number): void {
  /** What each connection was asked last, null before; those that have waited longest come first. */
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
      // To the end of the line, unless the next request has come already.
      if (waiting.get(socket) !== response || socket.destroyed) return;
      waiting.delete(socket);
      waiting.set(socket, null);
    });
  });
  server.on("upgrade", ({ socket }: IncomingMessage) => void waiting.delete(socket));
}

/** What a connection has not read yet: how many bytes it had taken before, and when it must have taken more. */
interface Unread {
  readonly taken: number;
  /** By `performance.now()`. */
  readonly deadline: number;
}

/**
 * Ends connections, WebSockets too, whose peers do not read what was written to them: nothing for `stalled` milliseconds,
 * or less than `minBytesPerSecond` of one write. Looks every `check` milliseconds, so that it costs requests nothing.
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
      // Node ends a connection whose timeout passes, and takes each part of a write that is read for a sign of life.
      socket.setTimeout(stalled);
    }
  }, check);
  look.unref();
  server.once("close", () => clearInterval(look));
}

/** Calls back once for each connection; Node tells of one again whose offer of another protocol was not taken. */
function onConnection(server: Server, opened: (socket: Socket) => void): void {
  const known = new WeakSet<Socket>();
  server.on("connection", (socket: Socket) => {
    if (known.has(socket)) return;
    known.add(socket);
    opened(socket);
  });
}
