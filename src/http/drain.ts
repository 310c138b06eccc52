import type { Server } from "node:http";
import { setTimeout as wait } from "node:timers/promises";

const defaultMaxWait = 10_000;

/**
 * Ends a server without losing requests on kept-alive connections: it goes on serving for a while, during which answers
 * carry `Connection: close` and readiness is refused, so that clients and balancers turn away; then it stops to listen, lets
 * WebSockets go, and waits for requests in flight, at most 10 s. All times are in milliseconds.
 */
export async function drainServer(
  server: Server,
  serveMilliseconds: number,
  closeSockets: () => void = () => undefined,
  maxWait: number = defaultMaxWait,
): Promise<void> {
  await wait(serveMilliseconds);
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  closeSockets();
  server.closeIdleConnections();
  const waiting = new AbortController();
  await Promise.race([closed, wait(maxWait, undefined, { signal: waiting.signal }).catch(() => undefined)]);
  waiting.abort();
  server.closeAllConnections();
}
