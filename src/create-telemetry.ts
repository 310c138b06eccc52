import type { Server } from "node:http";
import type { Logger } from "pino";
import type { Config } from "./config";
import type { Database } from "./domain/database";
import type { RequestObserver, StartRequestSpan } from "./http/request-observer";
import { version } from "./project";
import type { Gauges } from "./telemetry/metrics";
import { observedDatabase, type StoreObserver } from "./telemetry/observed-database";

/** The observers of a running server. With metrics and traces off, they do nothing, and the store is the given one. */
interface Telemetry {
  readonly store: Database;
  readonly observeRequest: RequestObserver;
  /** Called with the code of each socket and subscription that is refused. */
  readonly onRefused: (code: string) => void;
  readonly startSpan: StartRequestSpan | null;
  /** Serves the metrics; it does not listen yet. Null if metrics are off. */
  readonly metricsServer: Server | null;
  /** Sends the last spans and ends the metrics server. */
  stop(): Promise<void>;
}

interface TelemetryOptions {
  readonly config: Pick<Config, "metrics" | "traces" | "store">;
  readonly store: Database;
  readonly logger: Logger;
  readonly gauges: Gauges;
  readonly trustedOperations: () => Iterable<string>;
}

const nothing = (): void => undefined;

/**
 * Loads the libraries for metrics and traces only if a setting asks for them, since they take time and memory at the
 * start.
 */
export async function createTelemetry(options: TelemetryOptions): Promise<Telemetry> {
  const { config, store, logger, gauges, trustedOperations } = options;
  const metrics =
    config.metrics &&
    (await import("./telemetry/metrics.js")).createMetrics({
      version,
      gauges,
      trustedOperations: trustedOperations(),
    });
  const metricsServer = metrics && (await import("./telemetry/metrics.js")).createMetricsServer(metrics);
  const tracing =
    config.traces &&
    (await import("./telemetry/tracing.js")).startTracing({
      endpoint: config.traces.endpoint,
      version,
      storeSystem: config.store.url.startsWith("sqlite:") ? "sqlite" : "neo4j",
      onDelivery: (failure) =>
        failure ? logger.warn({ err: failure }, "traces cannot be sent") : logger.info("traces are sent again"),
    });
  const observers = [metrics, tracing].flatMap((each) => (each ? [each.observeStore] : []));
  return {
    store: observers.length > 0 ? observedDatabase(store, together(observers)) : store,
    observeRequest: metrics ? metrics.observeRequest : nothing,
    onRefused: metrics ? metrics.countRefusal : nothing,
    startSpan: tracing ? tracing.startSpan : null,
    metricsServer,
    stop: async () => {
      await tracing?.stop();
      metrics?.stop();
      metricsServer?.close();
      metricsServer?.closeAllConnections();
    },
  };
}

function together([first, second]: readonly StoreObserver[]): StoreObserver {
  if (!first || !second) return first ?? second ?? (() => nothing);
  return (call) => {
    const ends = [first(call), second(call)] as const;
    return (error) => {
      ends[0](error);
      ends[1](error);
    };
  };
}
