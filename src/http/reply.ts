import type { ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { defaultHttpTimeouts } from "./timeouts";

/** Sends a whole answer. Does nothing if the answer has begun or the client has gone. */
export function reply(response: ServerResponse, status: number, contentType: string, body: string | Buffer): void {
  if (response.headersSent || response.destroyed) return;
  response.statusCode = status;
  response.setHeader("content-type", contentType);
  response.setHeader("content-length", Buffer.byteLength(body));
  response.end(response.req.method === "HEAD" ? undefined : body);
}

/** Returns the body of an error that arises before GraphQL, in the shape of GraphQL's own errors. */
export const errorBody = (code: string, message: string): string =>
  `${JSON.stringify({ errors: [{ message, extensions: { code } }] })}\n`;

/**
 * Ends a connection that cannot be answered otherwise, with a whole HTTP answer. `status` is the code with its phrase,
 * such as "404 Not Found". A peer that does not close its side has `linger` milliseconds to read the answer; then the
 * socket is destroyed. `retryAfter` is in seconds; null sends no such header.
 */
export function endWithError(
  socket: Duplex,
  status: string,
  code: string,
  message: string,
  {
    retryAfter = null,
    linger = defaultHttpTimeouts.linger,
  }: { readonly retryAfter?: number | null; readonly linger?: number } = {},
): void {
  const body = errorBody(code, message);
  const again = retryAfter === null ? "" : `retry-after: ${retryAfter}\r\n`;
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: application/json; charset=utf-8\r\nx-content-type-options: nosniff\r\n${again}content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
  // The peer's remaining bytes are read and dropped: closing earlier could take the answer from it.
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), linger);
  socket.once("close", () => clearTimeout(timer));
}
