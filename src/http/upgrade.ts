import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";

/** Headers that ask for another protocol. */
const asking: ReadonlySet<string> = new Set(["connection", "upgrade", "http2-settings"]);

/**
 * Serves a request that also offers to go on by another protocol than WebSocket, as some clients do with h2c on each first
 * request, as if it had not offered it: a client may not insist (https://www.rfc-editor.org/rfc/rfc9110#section-7.8). Once
 * a Node server listens for upgrades it reads no such request to its end, so this one is given to it again without the offer.
 */
export function serveUpgradeAsRequest(server: Server, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const { method, url, rawHeaders } = request;
  let text = `${method} ${url} HTTP/1.1\r\n`;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    if (!asking.has((rawHeaders[i] as string).toLowerCase())) text += `${rawHeaders[i]}: ${rawHeaders[i + 1]}\r\n`;
  }
  socket.unshift(Buffer.concat([Buffer.from(`${text}\r\n`, "latin1"), head]));
  server.emit("connection", socket);
}
