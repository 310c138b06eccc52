import type { ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { defaultHttpTimeouts } from "./timeouts";

/** Answers in full, once; does nothing when the answer has begun or the client has gone. */
export function reply(response: ServerResponse, status: number, contentType: string, body: string | Buffer): void {
  if (response.headersSent || response.destroyed) return;
  response.statusCode = status;
  response.setHeader("content-type", contentType);
  response.setHeader("content-length", Buffer.byteLength(body));
  response.end(response.req.method === "HEAD" ? undefined : body);
}

/** The body of an error that arises before GraphQL: the shape that GraphQL's own errors have. */
export const errorBody = (code: string, message: string): string =>
  `${JSON.stringify({ errors: [{ message, extensions: { code } }] })}\n`;

/**
 * Ends a connection that cannot be answered otherwise, with a whole HTTP answer. `status` is the code with its phrase. A
 * peer that does not close its side is not waited for: `linger` is how long it has to read the answer, in milliseconds.
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
  // What the peer still sends is read and dropped: closing before would take the answer from it.
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), linger);
  socket.once("close", () => clearTimeout(timer));
}
