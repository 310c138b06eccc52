import type { Server } from "node:http";
import path from "node:path";
import type { Logger } from "pino";
import { type Config, projectRoot } from "./config";
import type { GraphStore } from "./domain/graph/port";
import { buildSchema } from "./graphql/build-schema";
import { createApolloServer } from "./graphql/server";
import { drainServer } from "./http/drain";
import { ReadinessProbe } from "./http/readiness";
import { createHttpServer } from "./http/server";

export interface App {
  readonly server: Server;
  /** Lets requests through; called when the store has been prepared. */
  open(): void;
  /** Refuses readiness, goes on serving for a while, then ends. The store is the caller's to close. */
  drain(): Promise<void>;
}

/** Puts the parts together. It does not listen, and serves nothing but health until `open`. */
export async function createApp({
  config,
  store,
  logger,
}: {
  readonly config: Config;
  readonly store: GraphStore;
  readonly logger: Logger;
}): Promise<App> {
  const apollo = createApolloServer({ schema: buildSchema(), logger });
  await apollo.start();
  const readiness = new ReadinessProbe(store);
  const server = createHttpServer({
    apollo,
    store,
    readiness,
    logger,
    corsOrigins: config.corsOrigins,
    examplesFolder: config.ide ? path.join(projectRoot, "test", "operations") : null,
  });
  return {
    server,
    open: () => readiness.markPrepared(),
    drain: async () => {
      readiness.markDraining();
      await drainServer(server, config.drainMilliseconds);
      await apollo.stop();
    },
  };
}
