import { constants, PerformanceObserver, performance } from "node:perf_hooks";
import { getHeapStatistics } from "node:v8";
import { Counter, Gauge, Histogram, type Registry } from "prom-client";

/** The interval between two measurements of the event loop's delay, in milliseconds. */
const loopMilliseconds = 20;

/**
 * An entry of the performance timeline for a garbage collection, in milliseconds. Node's types leave out the detail.
 */
interface Collection {
  readonly duration: number;
  readonly detail?: { readonly kind?: number };
}

const collections: Readonly<Record<number, string>> = {
  [constants.NODE_PERFORMANCE_GC_MINOR]: "minor",
  [constants.NODE_PERFORMANCE_GC_MAJOR]: "major",
  [constants.NODE_PERFORMANCE_GC_INCREMENTAL]: "incremental",
  [constants.NODE_PERFORMANCE_GC_WEAKCB]: "weakcb",
};

/**
 * Registers metrics of the process, under the names of Prometheus' own clients where they exist. Returns a function
 * that ends the collection, which prom-client's own collection cannot do.
 */
export function observeProcess(registry: Registry): () => void {
  const registers = [registry];
  counterOf(registry, "process_cpu_seconds_total", "Seconds of CPU that the process has taken.", () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  });
  gaugeOf(registry, "process_start_time_seconds", "When the process started, in seconds since 1970.", () =>
    Math.round(performance.timeOrigin / 1_000),
  );
  gaugeOf(registry, "process_resident_memory_bytes", "Memory that the process holds.", () => process.memoryUsage.rss());
  gaugeOf(
    registry,
    "nodejs_heap_size_used_bytes",
    "Heap that is in use, garbage not yet collected included.",
    () => getHeapStatistics().used_heap_size,
  );
  gaugeOf(
    registry,
    "nodejs_heap_size_limit_bytes",
    "Heap at which the process ends.",
    () => getHeapStatistics().heap_size_limit,
  );
  gaugeOf(
    registry,
    "nodejs_external_memory_bytes",
    "Memory of buffers and the like, outside of the heap.",
    () => getHeapStatistics().external_memory,
  );
  counterOf(
    registry,
    "nodejs_eventloop_active_seconds_total",
    "Seconds in which the event loop was at work; its rate is the share of a core that one thread can give.",
    () => performance.eventLoopUtilization().active / 1_000,
  );

  const delay = new Histogram({
    name: "nodejs_eventloop_delay_seconds",
    help: `How much later than asked the event loop came to a timer, asked every ${loopMilliseconds} ms.`,
    buckets: [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5],
    registers,
  });
  let expected = performance.now() + loopMilliseconds;
  const looking = setInterval(() => {
    const now = performance.now();
    delay.observe(Math.max(0, now - expected) / 1_000);
    expected = now + loopMilliseconds;
  }, loopMilliseconds);
  looking.unref();

  const pauses = new Histogram({
    name: "nodejs_gc_duration_seconds",
    help: "Pauses for garbage collection, by kind.",
    labelNames: ["kind"],
    buckets: [0.001, 0.01, 0.05, 0.1, 0.2, 0.5, 1],
    registers,
  });
  for (const kind of Object.values(collections)) pauses.zero({ kind });
  const watching = new PerformanceObserver((list) => {
    for (const { duration, detail } of list.getEntries() as unknown as readonly Collection[]) {
      const kind = detail?.kind ?? -1;
      pauses.observe({ kind: collections[kind] ?? "other" }, duration / 1_000);
    }
  });
  watching.observe({ entryTypes: ["gc"] });

  return () => {
    clearInterval(looking);
    watching.disconnect();
  };
}

/** Registers a gauge whose value is read at each scrape. Undefined removes the value. */
export function gaugeOf(registry: Registry, name: string, help: string, value: () => number | undefined): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      const now = value();
      if (now === undefined) this.remove();
      else this.set(now);
    },
  });
}

/** Registers a counter whose value is kept elsewhere and never falls. */
export function counterOf(registry: Registry, name: string, help: string, value: () => number): void {
  new Counter({
    name,
    help,
    registers: [registry],
    collect() {
      this.reset();
      this.inc(value());
    },
  });
}
