import { createServer, type Server } from "node:http";
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { CacheUsage } from "../domain/byte-cache";
import { codesOf, type RequestObserver, type ServedRequest } from "../http/request-observer";
import type { StoreObserver } from "./observed-database";
import { counterOf, gaugeOf, observeProcess } from "./process-metrics";

const requestBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const storeBuckets = [0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10];

/** Codes of the server's own faults; all other codes are the request's faults. */
const faults: ReadonlySet<string> = new Set(["INTERNAL_SERVER_ERROR", "SERVICE_UNAVAILABLE", "DEADLINE_EXCEEDED"]);

/** Values that are read at each scrape. Undefined means that there is no value now. */
export interface Gauges {
  readonly sockets: () => number;
  readonly subscriptions: () => number;
  readonly revision: () => number | undefined;
  readonly lagSeconds: () => number | undefined;
  readonly requestsInFlight: () => number;
  readonly isReady: () => Promise<boolean>;
  /** Seconds; 0 while the store answers. */
  readonly storeAwaySeconds: () => number;
  /** Seconds; 0 while signing keys can be read, or are not used. */
  readonly signingKeysStaleSeconds: () => number;
  readonly caches: () => readonly CacheUsage[];
}

/** The metrics of one server, in a registry of its own. */
interface Metrics {
  readonly contentType: string;
  readonly observeRequest: RequestObserver;
  readonly observeStore: StoreObserver;
  /** Counts a refusal of a socket or a subscription, by its code. */
  readonly countRefusal: (code: string) => void;
  /** The text that Prometheus reads. https://prometheus.io/docs/instrumenting/exposition_formats/ */
  text(): Promise<string>;
  stop(): void;
}

interface MetricsOptions {
  readonly version: string;
  readonly gauges: Gauges;
  /** Names of operations that get a label before any request comes. */
  readonly trustedOperations?: Iterable<string>;
}

export function createMetrics({ version, gauges, trustedOperations = [] }: MetricsOptions): Metrics {
  const registry = new Registry();
  const stopProcess = observeProcess(registry);
  observeGauges(registry, gauges);
  new Gauge({
    name: "fulcrum_build_info",
    help: "The program's version and that of Node.js; the value is 1.",
    labelNames: ["version", "node"],
    registers: [registry],
  }).set({ version, node: process.versions.node }, 1);
  const errors = new Counter({
    name: "fulcrum_errors_total",
    help: "Requests, sockets and subscriptions that were answered with an error, by each code of the answer.",
    labelNames: ["code"],
    registers: [registry],
  });
  return {
    contentType: registry.contentType,
    observeRequest: requestObserver(registry, errors, new OperationLabels(trustedOperations)),
    countRefusal: (code) => errors.inc({ code }),
    observeStore: storeObserver(registry),
    text: () => registry.metrics(),
    stop: stopProcess,
  };
}

function requestObserver(registry: Registry, errors: Counter<"code">, labels: OperationLabels): RequestObserver {
  const registers = [registry];
  const requests = new Counter({
    name: "fulcrum_http_requests_total",
    help: "Requests that have ended, by what they were for, status, and outcome: ok, refused, shed, failed or aborted.",
    labelNames: ["route", "status", "outcome"],
    registers,
  });
  const durations = new Histogram({
    name: "fulcrum_graphql_request_duration_seconds",
    help: "How long requests for GraphQL took, by name of the operation; none where it was not come to.",
    labelNames: ["operation"],
    buckets: requestBuckets,
    registers,
  });
  let requestedCost = 0;
  let actualCost = 0;
  counterOf(registry, "fulcrum_cost_requested_total", "Units of cost that operations asked for.", () => requestedCost);
  counterOf(registry, "fulcrum_cost_actual_total", "Units of cost that operations came to.", () => actualCost);

  return (served) => {
    const { route, status, milliseconds, report } = served;
    const codes = codesOf(served);
    requests.inc({ route, status, outcome: outcomeOf(served, codes) });
    for (const code of codes) errors.inc({ code });
    if (route !== "graphql") return;
    const operation = report?.operation ? labels.of(report.operation.name, report.actualCost !== null) : "none";
    durations.observe({ operation }, milliseconds / 1_000);
    if (!report) return;
    requestedCost += report.requestedCost;
    actualCost += report.actualCost ?? 0;
  };
}

type Outcome = "ok" | "refused" | "shed" | "failed" | "aborted";

function outcomeOf({ status, isAborted, isRefused }: ServedRequest, codes: readonly string[]): Outcome {
  if (isAborted) return "aborted";
  if (isRefused && status === 503) return "shed";
  if (status >= 500 || codes.some((code) => faults.has(code))) return "failed";
  return status >= 400 || codes.length > 0 ? "refused" : "ok";
}

function storeObserver(registry: Registry): StoreObserver {
  const durations = new Histogram({
    name: "fulcrum_store_call_duration_seconds",
    help: "How long calls of the store took, by method and by whether they failed.",
    labelNames: ["call", "outcome"],
    buckets: storeBuckets,
    registers: [registry],
  });
  const underWay = new Gauge({
    name: "fulcrum_store_calls_in_flight",
    help: "Calls of the store that have begun and not ended, by method; those of commit are the queue of writes.",
    labelNames: ["call"],
    registers: [registry],
  });
  return (call) => {
    const started = performance.now();
    underWay.inc({ call });
    return (error) => {
      underWay.dec({ call });
      durations.observe(
        { call, outcome: error === undefined ? "ok" : "failed" },
        (performance.now() - started) / 1_000,
      );
    };
  };
}

function observeGauges(registry: Registry, gauges: Gauges): void {
  gaugeOf(registry, "fulcrum_sockets", "WebSockets that are open.", gauges.sockets);
  gaugeOf(registry, "fulcrum_subscriptions", "Subscriptions that are open, over all sockets.", gauges.subscriptions);
  gaugeOf(registry, "fulcrum_revision", "The revision that readers see.", gauges.revision);
  gaugeOf(
    registry,
    "fulcrum_copy_lag_seconds",
    "Since when the copy in memory is not known to be at the store's head.",
    gauges.lagSeconds,
  );
  gaugeOf(
    registry,
    "fulcrum_requests_in_flight",
    "Requests for GraphQL that were let in and have not been answered.",
    gauges.requestsInFlight,
  );
  gaugeOf(
    registry,
    "fulcrum_store_away_seconds",
    "For how long the store has not answered; 0 while it does.",
    gauges.storeAwaySeconds,
  );
  gaugeOf(
    registry,
    "fulcrum_signing_keys_stale_seconds",
    "For how long the keys that tokens are signed with could not be read; 0 while they can, and where none are used.",
    gauges.signingKeysStaleSeconds,
  );
  new Gauge({
    name: "fulcrum_ready",
    help: "Whether /readyz would answer 200: 1 or 0.",
    registers: [registry],
    async collect() {
      this.set((await gauges.isReady()) ? 1 : 0);
    },
  });
  const ofCaches = (name: string, help: string, value: (cache: CacheUsage) => number) =>
    new Gauge({
      name,
      help,
      labelNames: ["cache"],
      registers: [registry],
      collect() {
        for (const cache of gauges.caches()) this.set({ cache: cache.name }, value(cache));
      },
    });
  ofCaches("fulcrum_cache_bytes", "Bytes that a cache holds, by its own estimate.", (cache) => cache.bytes());
  ofCaches("fulcrum_cache_max_bytes", "Bytes that a cache may hold.", (cache) => cache.maxBytes);
  ofCaches("fulcrum_cache_entries", "Entries of a cache.", (cache) => cache.entries());
}

/** The number of operation names that get a label of their own. */
const maxOperations = 100;

/** The longest name in characters that gets a label of its own; longer ones are counted as "other". */
const maxNameLength = 60;

/**
 * Gives operations a label, from a bounded set whatever clients send. Names of trusted documents come first, then the
 * names of served operations in the order of their arrival. Further names are "other"; an operation without a name is
 * "anonymous".
 */
class OperationLabels {
  private readonly known: Set<string>;

  constructor(trusted: Iterable<string> = []) {
    this.known = new Set([...trusted].filter((name) => name.length <= maxNameLength).slice(0, maxOperations));
  }

  /**
   * Returns the label of an operation. `isServed` says that its document was valid and was run; refused texts take no
   * place in the set.
   */
  of(name: string | null, isServed: boolean): string {
    if (name === null) return "anonymous";
    if (this.known.has(name)) return name;
    if (!isServed || this.known.size >= maxOperations || name.length > maxNameLength) return "other";
    this.known.add(name);
    return name;
  }
}

/** Creates a server that serves the metrics at /metrics and nothing else. The server does not listen yet. */
export const createMetricsServer = (metrics: Pick<Metrics, "contentType" | "text">): Server =>
  createServer({ requestTimeout: 10000 }, (request, response) => {
    const isAsked =
      request.url?.split("?")[0] === "/metrics" && (request.method === "GET" || request.method === "HEAD");
    if (!isAsked)
      return void response.writeHead(404, { "content-type": "text/plain" }).end("The metrics are at /metrics.\n");
    metrics.text().then(
      (text) => response.writeHead(200, { "content-type": metrics.contentType }).end(text),
      (error: unknown) => response.writeHead(500, { "content-type": "text/plain" }).end(`${String(error)}\n`),
    );
  });
