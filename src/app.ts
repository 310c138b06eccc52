import type { Server } from "node:http";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import { createAuthenticator } from "./access/authenticator";
import { openSigningKeys } from "./access/signing-keys";
import { createTokenVerifier } from "./access/token-verifier";
import { cacheSizes } from "./cache-budgets";
import type { Config } from "./config";
import { createGraphSource, LoadedBank } from "./create-graph-source";
import { createTelemetry } from "./create-telemetry";
import type { CacheUsage } from "./domain/byte-cache";
import type { Database } from "./domain/database";
import { CommitFeed } from "./domain/graph/commit-feed";
import { pathNumbers } from "./domain/graph/paths/numbered";
import { markdownLinks } from "./domain/markdown";
import { buildSchema, schemaSdl } from "./graphql/build-schema";
import { createQueryCaches } from "./graphql/query-caches";
import { createApolloServers } from "./graphql/server";
import { TextCache } from "./graphql/text-cache";
import { drainServer } from "./http/drain";
import { Clients } from "./http/limits/clients";
import { Overload } from "./http/limits/overload";
import { ReadinessProbe } from "./http/readiness";
import { createHttpServer } from "./http/server";
import { attachSockets } from "./http/sockets";
import { defaultHttpTimeouts, type HttpTimeouts } from "./http/timeouts";
import { documentIdOf, operationNamesIn, readManifest, TrustedDocuments } from "./http/trusted-documents";
import { projectRoot, version } from "./project";
import { ModelFollower } from "./store/memory/model-follower";
import { fitYoungGeneration } from "./young-generation";

let name: string | undefined;

/** Returns the name of this program and its schema, which determine how an answer looks. Made on the first call. */
const buildName = (): string => (name ??= documentIdOf(`${version} ${schemaSdl()}`));

/** The interval between two looks for commits of other processes. */
const followMilliseconds = 500;

export interface App {
  readonly server: Server;
  readonly caches: readonly CacheUsage[];
  /** Serves the metrics on an address of its own; null if metrics are off. */
  readonly metricsServer: Server | null;
  /**
   * Lets requests through, once the store has been prepared. Resolves when the graph is in memory, if reads come from
   * there. Throws the store's errors; an abort of `signal` stops loading, which also throws.
   */
  open(signal?: AbortSignal): Promise<void>;
  /** Refuses readiness, serves for a while longer, then ends. The caller closes the store. */
  drain(): Promise<void>;
}

/** Builds the server from its parts. It does not listen, and serves only health until `open`. */
export async function createApp({
  config,
  store: given,
  logger,
  timeouts = defaultHttpTimeouts,
}: {
  readonly config: Config;
  readonly store: Database;
  readonly logger: Logger;
  readonly timeouts?: HttpTimeouts;
}): Promise<App> {
  const queryCaches = createQueryCaches({ ...cacheSizes, answers: config.answerBytes });
  const texts = new TextCache(cacheSizes.texts);
  const manifest: ReadonlyMap<string, string> = config.documents ? readManifest(config.documents) : new Map();
  const telemetry = await createTelemetry({
    config,
    store: given,
    logger,
    trustedOperations: () => [...manifest.values()].flatMap(operationNamesIn),
    gauges: {
      sockets: () => sockets.count(),
      subscriptions: () => sockets.subscriptions(),
      revision: () => follower.current?.model.revision,
      lagSeconds: () => (follower.current ? follower.lagMilliseconds / 1_000 : undefined),
      caches: () => caches,
      requestsInFlight: () => overload.inFlight,
      isReady: async () => (await readiness.check()).ready,
      storeAwaySeconds: () => readiness.storeAwaySeconds ?? 0,
      signingKeysStaleSeconds: () => signingKeys?.staleSeconds() ?? 0,
    },
  });
  const { store } = telemetry;
  const apollo = createApolloServers({ schema: buildSchema(), logger, caches: queryCaches });
  await apollo.start();
  const signingKeys = config.tokens && (await openSigningKeys(config.tokens.signingKeys));
  const authenticator = createAuthenticator({
    keys: store.keys,
    verifyToken: config.tokens && signingKeys && createTokenVerifier(config.tokens, signingKeys),
    onUseLost: (error) => logger.warn({ err: error }, "the use of a key cannot be written"),
  });
  const feed = new CommitFeed(store);
  const follower = new ModelFollower(
    store,
    () => new LoadedBank(config.readFrom === "memory" ? texts : undefined),
    (head, replaced) => {
      fitYoungGeneration();
      if (replaced) {
        texts.restart();
        feed.replaced(head);
      } else feed.noticed(head);
    },
  );
  const readiness = new ReadinessProbe(
    store,
    () => {
      if (config.readFrom === "store") return null;
      const revision = follower.current?.model.revision;
      if (revision === undefined) return "loading";
      const lagMilliseconds = Math.round(follower.lagMilliseconds);
      return { revision, lagMilliseconds, texts: texts.holdsAll ? "all" : "cached" };
    },
    config.strictReadiness,
    () => signingKeys?.staleSeconds() ?? null,
  );
  const source = createGraphSource(store, follower, config.readFrom, texts, config.allowsOwnApproval);
  const documents = new TrustedDocuments(manifest, config.documentsOnly);
  const clients = new Clients(authenticator, { refill: config.rateLimit, proxies: config.trustedProxies });
  const overload = new Overload({ maxDelay: config.maxDelayMilliseconds });
  const server = createHttpServer({
    apollo,
    documents,
    build: () => `${buildName()} ${documents.version}`,
    source,
    clients,
    overload,
    readiness,
    logger,
    corsOrigins: config.corsOrigins,
    examplesFolder: config.ide ? path.join(projectRoot, "test", "operations") : null,
    maxConnections: config.maxConnections,
    timeouts,
    observeRequest: telemetry.observeRequest,
    startSpan: telemetry.startSpan,
  });
  const sockets = attachSockets(server, {
    schema: buildSchema(),
    source,
    feed,
    documents,
    clients,
    overload,
    readiness,
    logger,
    corsOrigins: config.corsOrigins,
    timeouts,
    onRefused: telemetry.onRefused,
  });
  const caches: readonly CacheUsage[] = [
    ...queryCaches.all,
    texts.usage,
    ...source.caches,
    ...given.caches,
    markdownLinks,
    pathNumbers,
    clients.usage,
    authenticator.usage,
    feed.usage,
  ];
  const watching = new AbortController();
  const stopFollowing = (): void => {
    watching.abort();
    follower.stop();
  };
  return {
    server,
    caches,
    metricsServer: telemetry.metricsServer,
    open: async (signal) => {
      const failed = (error: unknown) => {
        if (!watching.signal.aborted) logger.warn({ err: error }, "the store's log cannot be read");
      };
      readiness.markPrepared();
      if (config.readFrom === "memory") {
        signal?.addEventListener("abort", stopFollowing, { once: true });
        await follower.caughtUp();
        void follower.follow(followMilliseconds, failed);
      } else {
        void watchHead(feed, followMilliseconds, watching.signal, failed);
      }
    },
    drain: async () => {
      readiness.markDraining();
      await drainServer(server, config.drainMilliseconds, () => sockets.close());
      stopFollowing();
      await authenticator.settled();
      await apollo.stop();
      await telemetry.stop();
    },
  };
}

/**
 * Looks for commits every `milliseconds` while somebody waits for one. For servers without a model that follows the
 * store.
 */
export async function watchHead(
  feed: CommitFeed,
  milliseconds: number,
  signal: AbortSignal,
  failed: (error: unknown) => void,
): Promise<void> {
  for (;;) {
    await wait(milliseconds, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    if (feed.isAwaited) await feed.look().catch(failed);
  }
}
