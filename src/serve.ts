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
    const url = await listen(app.server, config);
    logger.info({ url }, "listening");
    await prepareStore(store, config, logger, stop.signal, () => app.open(stop.signal));
    if (!stop.signal.aborted) {
      logger.info({ url, milliseconds: Math.round(performance.now()) }, "ready");
      await once(stop.signal, "abort");
    }
  } catch (error) {
    await abandon(app.server, store);
    throw error;
  }
  logger.info("draining");
  await app.drain();
  await store.close();
  logger.info("stopped");
}

/** The API's address, once it is listened at. */
async function listen(server: Server, { host, port }: Pick<Config, "host" | "port">): Promise<string> {
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (cause) {
    const { code = "" } = cause as NodeJS.ErrnoException;
    const reason = listenFailures[code];
    if (!reason) throw cause;
    throw new DomainError("INVALID_ARGUMENT", `The server cannot listen on port ${port} of ${host}: ${reason}`, {
      cause,
    });
  }
  const { port: given } = server.address() as AddressInfo;
  return `http://${host.includes(":") ? `[${host}]` : host}:${given}/graphql`;
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
async function abandon(server: Server, store: Database): Promise<void> {
  server.close();
  server.closeAllConnections();
  await store.close().catch(() => undefined);
}
