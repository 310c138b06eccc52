import { once } from "node:events";
import type { AddressInfo } from "node:net";
import parsePrometheusText from "parse-prometheus-text-format";
import type { RunningApp } from "../http/running-app";

type Labels = Readonly<Record<string, string>>;

/** Metrics as a parser of the format reads them. */
export interface Scrape {
  readonly names: readonly string[];
  /** The value of a counter or gauge with these labels and no others; undefined if there is none. */
  value(name: string, labels?: Labels): number | undefined;
  /** Values by the value of one label, added up over the others. */
  by(name: string, label: string): Readonly<Record<string, number>>;
  /** The labels of each series. */
  labels(name: string): readonly Labels[];
  /** How many times a histogram was told, by the value of one label. */
  counts(name: string, label: string): Readonly<Record<string, number>>;
}

interface Sample {
  readonly labels?: Labels;
  readonly value: string;
}

/** The settings of an app that serves metrics on any free port. */
export const withMetrics = { FULCRUM_METRICS_PORT: "0" };

/** Lets the app's metrics server listen; the address of its metrics. */
export async function metricsUrl({ metricsServer }: RunningApp): Promise<string> {
  if (!metricsServer) throw new Error("The app keeps no metrics.");
  metricsServer.listen(0, "127.0.0.1");
  await once(metricsServer, "listening");
  return `http://127.0.0.1:${(metricsServer.address() as AddressInfo).port}/metrics`;
}

/** The parser takes all series of a histogram for one, so it is shown their samples as what each of them is: a number. */
const flattened = (text: string): string => text.replace(/^# TYPE \S+ histogram\n/gm, "");

export function readMetrics(text: string): Scrape {
  const families = new Map<string, Sample[]>();
  for (const { name, metrics } of parsePrometheusText(flattened(text)))
    families.set(name, [...(families.get(name) ?? []), ...(metrics as readonly Sample[])]);
  const samples = (name: string): readonly Sample[] => families.get(name) ?? [];
  const by = (name: string, label: string) => {
    const sums: Record<string, number> = {};
    for (const { labels, value } of samples(name)) {
      const key = labels?.[label] ?? "";
      sums[key] = (sums[key] ?? 0) + Number(value);
    }
    return sums;
  };
  return {
    names: [...families.keys()],
    value: (name, labels = {}) => {
      const found = samples(name).find((sample) => sameLabels(sample.labels ?? {}, labels));
      return found === undefined ? undefined : Number(found.value);
    },
    by,
    labels: (name) => samples(name).map((sample) => sample.labels ?? {}),
    counts: (name, label) => by(`${name}_count`, label),
  };
}

export async function scrape(url: string): Promise<Scrape> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The metrics were answered with ${response.status}.`);
  return readMetrics(await response.text());
}

/** Scrapes until the condition holds: an answer is counted a moment after its client has it. */
export async function scrapeUntil(url: string, holds: (scraped: Scrape) => boolean): Promise<Scrape> {
  for (;;) {
    const scraped = await scrape(url);
    if (holds(scraped)) return scraped;
  }
}

/** All requests that have ended. */
export const requestCount = (scraped: Scrape): number =>
  Object.values(scraped.by("fulcrum_http_requests_total", "route")).reduce((sum, each) => sum + each, 0);

const sameLabels = (a: Labels, b: Labels): boolean =>
  Object.keys(a).length === Object.keys(b).length && Object.entries(a).every(([name, value]) => b[name] === value);
