import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createApp } from "./app";
import type { Config } from "./config";
import type { Database } from "./domain/database";
import { DomainError } from "./domain/errors";
import { createLogger } from "./log";
import { prepareStore } from "./prepare-store";
import { onStopSignal } from "./stop-signals";
import { openStore } from "./store/open-store";

/**
 * Runs the server until SIGTERM, SIGINT or SIGHUP: listens at once (health answers from then on), prepares the store,
 * serves, drains. A second signal ends the process where it is. Throws a DomainError for what its operator has to mend.
 */
export async function serve(config: Config): Promise<void> {
  const logger = createLogger(config.logLevel, process.stdout.isTTY);
  const store = await openStore(config.store);
  const app = await createApp({ config, store, logger });
  const stop = new AbortController();
  onStopSignal(() => stop.abort(), process.env["npm_lifecycle_event"] !== undefined);

  try {
    const url = `${await listen(app.server, config, "")}/graphql`;
    logger.info({ url }, "listening");
    if (config.metrics && app.metricsServer)
      logger.info({ url: `${await listen(app.metricsServer, config.metrics, "FULCRUM_METRICS_")}/metrics` }, "metrics");
    await prepareStore(store, config, logger, stop.signal, () => app.open(stop.signal));
    if (!stop.signal.aborted) {
      logger.info({ url, milliseconds: Math.round(performance.now()) }, "ready");
      await once(stop.signal, "abort");
    }
  } catch (error) {
    await abandon([app.server, app.metricsServer], store);
    throw error;
  }
  logger.info("draining");
  await app.drain();
  await store.close();
  logger.info("stopped");
}

/** The address, once it is listened at. `prefix` is what the names of its settings begin with. */
async function listen(server: Server, { host, port }: Pick<Config, "host" | "port">, prefix: string): Promise<string> {
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (cause) {
    const { code = "" } = cause as NodeJS.ErrnoException;
    const reason = listenFailures[code];
    if (!reason) throw cause;
    const advice = reason.replace(/HOST|PORT/, (name) => prefix + name);
    throw new DomainError("INVALID_ARGUMENT", `The server cannot listen on port ${port} of ${host}: ${advice}`, {
      cause,
    });
  }
  const { port: given } = server.address() as AddressInfo;
  return `http://${host.includes(":") ? `[${host}]` : host}:${given}`;
}

const noSuchHost = "this machine has no such address. Set HOST to one that it has, or to 0.0.0.0 for all.";
const listenFailures: Readonly<Record<string, string>> = {
  EADDRINUSE: "another program does already. End that one, or set PORT to another port.",
  EACCES: "this user may not. Set PORT to one from 1024 up.",
  EADDRNOTAVAIL: noSuchHost,
  ENOTFOUND: noSuchHost,
  EAI_AGAIN: noSuchHost,
  EINVAL: noSuchHost,
};

/** Lets go of what would keep a process alive that has failed to start. */
async function abandon(servers: readonly (Server | null)[], store: Database): Promise<void> {
  for (const server of servers) {
    server?.close();
    server?.closeAllConnections();
  }
  await store.close().catch(() => undefined);
}
