import type { IncomingMessage, ServerResponse } from "node:http";

const exposedHeaders = "x-request-id, etag, ratelimit, ratelimit-policy, retry-after";
const allowedHeaders =
  "authorization, content-type, apollo-require-preflight, fulcrum-min-revision, fulcrum-throttle, fulcrum-view, if-none-match, x-request-id";

/**
 * Sets the CORS headers for the configured origins; "*" allows any. Returns true if the request was a preflight, which
 * is then answered. https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export function handleCors(request: IncomingMessage, response: ServerResponse, origins: readonly string[]): boolean {
  const origin = request.headers.origin;
  const allowed = origin !== undefined && (origins.includes("*") || origins.includes(origin));
  if (origins.length > 0) response.setHeader("vary", "origin");
  if (allowed) {
    response.setHeader("access-control-allow-origin", origins.includes("*") ? "*" : origin);
    response.setHeader("access-control-expose-headers", exposedHeaders);
  }
  if (request.method !== "OPTIONS" || request.headers["access-control-request-method"] === undefined) return false;
  if (allowed) {
    response.setHeader("access-control-allow-methods", "GET, POST");
    response.setHeader("access-control-allow-headers", allowedHeaders);
    response.setHeader("access-control-max-age", "86400");
  }
  response.writeHead(204).end();
  return true;
}

/**
 * True if a browser sends the request for a page of another origin that is not allowed. Browsers do not apply CORS to
 * WebSockets.
 */
export function isForeign({ headers: { origin, host } }: IncomingMessage, origins: readonly string[]): boolean {
  if (origin === undefined || origins.includes("*") || origins.includes(origin)) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host;
}
