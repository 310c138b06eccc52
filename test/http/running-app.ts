import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createApp, type App } from "../../src/app";
import { type Config, readConfig } from "../../src/config";
import type { Database } from "../../src/domain/database";
import { defaultHttpTimeouts, type HttpTimeouts } from "../../src/http/timeouts";
import { createLogger } from "../../src/serve";
import { createMemoryStore } from "../../src/store/memory/memory-store";

export interface RunningApp extends App {
  readonly port: number;
  readonly url: string;
  close(): Promise<void>;
}

/** So that no test depends on how much the machine can do, and how many tests ask from one address. */
export const unlimited = { FULCRUM_RATE_LIMIT: "0", FULCRUM_MAX_DELAY_MS: "0" } as const;

/** The whole app on a free port over real HTTP, open unless told otherwise. */
export async function runApp({
  store = createMemoryStore(),
  env = {},
  open = true,
  timeouts = {},
}: {
  readonly store?: Database;
  readonly env?: Record<string, string>;
  readonly open?: boolean;
  readonly timeouts?: Partial<HttpTimeouts>;
} = {}): Promise<RunningApp> {
  const config: Config = readConfig({ ...unlimited, FULCRUM_LOG_LEVEL: "silent", FULCRUM_DRAIN_MS: "0", ...env });
  const app = await createApp({
    config,
    store,
    logger: createLogger(config.logLevel),
    timeouts: { ...defaultHttpTimeouts, ...timeouts },
  });
  app.server.listen(0, "127.0.0.1");
  await once(app.server, "listening");
  if (open) await app.open();
  const { port } = app.server.address() as AddressInfo;
  return { ...app, port, url: `http://127.0.0.1:${port}`, close: () => app.drain() };
}

/** POSTs JSON to /graphql. */
export const post = (app: RunningApp, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${app.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
