import type { Change } from "../../src/domain/changes/change-set";
import type { NodeKind } from "../../src/domain/ontology/node-kinds";
import { aLink } from "./links";
import { type Given, putNode } from "./nodes";

/** `slug` is the node's own part; each builder also puts the links without which the node may not exist. */
type Owned<K extends NodeKind, Ends extends string> = Given<K> & { readonly [E in Ends]: string };

export function aCriterion({ question, slug, ...fields }: Owned<"Criterion", "question">): Change[] {
  return [
    putNode(
      "Criterion",
      { slug: `${question}/${slug}`, ...fields },
      { statement: "States the recall needed.", weight: 3 },
    ),
    aLink("JUDGED_BY", `Question:${question}`, `Criterion:${question}/${slug}`),
  ];
}

export function aModelAnswer({ question, slug, ...fields }: Owned<"ModelAnswer", "question">): Change[] {
  return [
    putNode(
      "ModelAnswer",
      { slug: `${question}/${slug}`, ...fields },
      { level: "CONCISE", summary: "Scan while it is fast enough.", body: "Measure first, then decide." },
    ),
    aLink("ANSWERED_BY", `Question:${question}`, `ModelAnswer:${question}/${slug}`),
  ];
}

export function anOption({ tradeOff, slug, ...fields }: Owned<"Option", "tradeOff">): Change[] {
  return [
    putNode(
      "Option",
      { slug: `${tradeOff}/${slug}`, ...fields },
      { title: "Exact scan", summary: "Compare with each vector." },
    ),
    aLink("OFFERS", `TradeOff:${tradeOff}`, `Option:${tradeOff}/${slug}`),
  ];
}

export function anAssessment({
  tradeOff,
  option,
  quality,
  slug,
  ...fields
}: Owned<"Assessment", "tradeOff" | "option" | "quality">): Change[] {
  return [
    putNode(
      "Assessment",
      { slug: `${tradeOff}/${slug}`, ...fields },
      { statement: "It is the slowest.", basis: "JUDGEMENT" },
    ),
    aLink("ASSESSED_AS", `Option:${tradeOff}/${option}`, `Assessment:${tradeOff}/${slug}`),
    aLink("ON", `Assessment:${tradeOff}/${slug}`, `Quality:${quality}`),
  ];
}

export function aFlipCondition({
  tradeOff,
  quality,
  slug,
  ...fields
}: Owned<"FlipCondition", "tradeOff" | "quality">): Change[] {
  return [
    putNode(
      "FlipCondition",
      { slug: `${tradeOff}/${slug}`, ...fields },
      { condition: "There are more than a million vectors.", explanation: "A scan grows with them." },
    ),
    aLink("FLIPS", `TradeOff:${tradeOff}`, `FlipCondition:${tradeOff}/${slug}`),
    aLink("ON", `FlipCondition:${tradeOff}/${slug}`, `Quality:${quality}`),
  ];
}

export function aBenchmark({ source, slug, ...fields }: Owned<"Benchmark", "source">): Change[] {
  return [
    putNode(
      "Benchmark",
      { slug, ...fields },
      { title: "HNSW at a million", summary: "Queries on one machine.", evidenceKind: "MEASURED" },
    ),
    aLink("PUBLISHED_IN", `Benchmark:${slug}`, `Source:${source}`),
  ];
}

export function aMeasurement({
  benchmark,
  metric,
  slug,
  ...fields
}: Owned<"Measurement", "benchmark" | "metric">): Change[] {
  return [
    putNode(
      "Measurement",
      { slug: `${benchmark}/${slug}`, ...fields },
      { value: 1.3, unit: "ms", subjectAsPrinted: "IndexHNSWFlat" },
    ),
    aLink("REPORTS", `Benchmark:${benchmark}`, `Measurement:${benchmark}/${slug}`),
    aLink("OF", `Measurement:${benchmark}/${slug}`, `Metric:${metric}`),
  ];
}
