import type { Server } from "node:http";
import path from "node:path";
import type { Logger } from "pino";
import { type Config, projectRoot } from "./config";
import type { GraphStore } from "./domain/graph/port";
import { WordIndex } from "./domain/recommendation/word-index";
import { buildSchema } from "./graphql/build-schema";
import { createApolloServer } from "./graphql/server";
import { drainServer } from "./http/drain";
import { ReadinessProbe } from "./http/readiness";
import { createHttpServer } from "./http/server";
import { createGraphSource } from "./create-graph-source";
import { ModelFollower } from "./store/memory/model-follower";

/** How often commits of other processes are looked for. */
const followMilliseconds = 500;

export interface App {
  readonly server: Server;
  /** Lets requests through, once the graph is in memory where it is served from there. The store has been prepared. */
  open(): Promise<void>;
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
  const follower = new ModelFollower(store, () => new WordIndex());
  const server = createHttpServer({
    apollo,
    source: createGraphSource(store, follower, config.readFrom),
    readiness,
    logger,
    corsOrigins: config.corsOrigins,
    examplesFolder: config.ide ? path.join(projectRoot, "test", "operations") : null,
  });
  return {
    server,
    open: async () => {
      if (config.readFrom === "memory") {
        await follower.caughtUp();
        void follower.follow(followMilliseconds, (error) =>
          logger.warn({ err: error }, "the store's log cannot be read"),
        );
      }
      readiness.markPrepared();
    },
    drain: async () => {
      readiness.markDraining();
      await drainServer(server, config.drainMilliseconds);
      follower.stop();
      await apollo.stop();
    },
  };
}
