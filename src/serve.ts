import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createApp } from "./app";
import type { Config } from "./config";
import { createLogger } from "./log";
import { prepareStore } from "./prepare-store";
import { openStore } from "./store/open-store";

/**
 * Runs the server until SIGTERM or SIGINT: listens at once (health answers from then on), prepares the store, serves,
 * drains. A second signal ends the process where it is.
 */
export async function serve(config: Config): Promise<void> {
  const logger = createLogger(config.logLevel);
  const store = await openStore(config.store);
  const app = await createApp({ config, store, logger });
  const stop = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => stop.abort());

  app.server.listen(config.port, config.host);
  await once(app.server, "listening");
  const { port } = app.server.address() as AddressInfo;
  const url = `http://${config.host}:${port}/graphql`;
  logger.info({ url }, "listening");
  await prepareStore(store, config, logger, stop.signal, () => app.open(stop.signal));
  if (!stop.signal.aborted) {
    logger.info({ url, milliseconds: Math.round(performance.now()) }, "ready");
    await once(stop.signal, "abort");
  }
  logger.info("draining");
  await app.drain();
  await store.close();
  logger.info("stopped");
}
