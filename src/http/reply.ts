import type { ServerResponse } from "node:http";
import type { DomainError } from "../domain/errors";
import { type ErrorCode, publicError } from "../graphql/errors";

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

export function replyError(response: ServerResponse, status: number, code: string, message: string): void {
  reply(response, status, "application/json; charset=utf-8", errorBody(code, message));
}

const statuses: { readonly [C in ErrorCode]?: number } = {
  BAD_USER_INPUT: 400,
  OPERATION_TOO_COMPLEX: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  SERVICE_UNAVAILABLE: 503,
  DEADLINE_EXCEEDED: 504,
};

/** Refuses a request before GraphQL, for a reason that its client may know. */
export function replyRefusal(response: ServerResponse, error: DomainError): void {
  const { code, message } = publicError(error);
  replyError(response, statuses[code] ?? 500, code, message);
}
