import type { Server } from "node:http";
import { setTimeout as wait } from "node:timers/promises";

const defaultMaxWait = 10_000;

/**
 * Ends a server without losing requests on kept-alive connections. It first serves for `serveMilliseconds`, while the
 * caller refuses readiness and answers carry `Connection: close`, so that clients and balancers turn away. It then
 * stops listening, closes WebSockets, and waits at most `maxWait` milliseconds, 10 s by default, for requests in
 * flight.
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
