import { edgeKind } from "../edge-kind";
import { line, optional } from "../field";
import { reason } from "./questions";

export const OF = edgeKind({
  description: "A measurement is a value of a metric.",
  from: ["Measurement"],
  to: ["Metric"],
  properties: {},
  file: "from",
  forward: {
    name: "metric",
    one: true,
    required: true,
    typical: 1,
    description: "The metric that this is a value of.",
  },
  reverse: { name: "measurements", typical: 50, description: "Values of this metric across all benchmarks." },
});

export const INDICATES = edgeKind({
  description: "A metric tells something about a quality.",
  from: ["Metric"],
  to: ["Quality"],
  properties: { reason: reason("What the metric tells about the quality, and what it misses.") },
  file: "from",
  forward: { name: "indicates", max: 6, typical: 1, description: "Qualities that the metric tells something about." },
  reverse: { name: "metrics", typical: 5, description: "Metrics that tell something about this quality." },
});

export const REPORTS = edgeKind({
  description: "A benchmark reports a measurement.",
  from: ["Benchmark"],
  to: ["Measurement"],
  properties: {},
  orderedBy: "from",
  file: "from",
  nests: true,
  forward: {
    name: "measurements",
    max: 200,
    typical: 10,
    description: "The benchmark's figures, in the source's order.",
  },
  reverse: {
    name: "benchmark",
    one: true,
    required: true,
    typical: 1,
    description: "The benchmark that reports this figure.",
  },
});

export const MEASURES = edgeKind({
  description: "A measurement is a figure of a tool or a concept at work.",
  from: ["Measurement"],
  to: ["Tool", "Concept"],
  properties: {},
  file: "from",
  forward: {
    name: { Tool: "tools", Concept: "concepts" },
    max: 6,
    typical: 1,
    description: "What the figure is a figure of.",
  },
  reverse: { name: "measurements", typical: 20, description: "Figures of this at work, across all benchmarks." },
});

export const PUBLISHED_IN = edgeKind({
  description: "A benchmark is published in a document.",
  from: ["Benchmark"],
  to: ["Source"],
  properties: { locator: optional(line("The place in the document: a section, table or page.")) },
  file: "from",
  forward: {
    name: "source",
    one: true,
    required: true,
    typical: 1,
    description: "The document that publishes the figures.",
  },
  reverse: { name: "benchmarks", typical: 5, description: "Benchmarks published in this document." },
});
