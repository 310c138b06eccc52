import { enumeration, indexed, line, listOf, nodeKind, optional, prose, title } from "../field";
import { quantityField } from "../units";

/** Shared by Quality and Metric: which way is better. */
const direction = enumeration(
  "Direction",
  {
    LOWER_IS_BETTER: "Smaller values are preferred, as with latency or cost.",
    HIGHER_IS_BETTER: "Larger values are preferred, as with throughput or accuracy.",
  },
  "Which way is better.",
);

export const quality = nodeKind({
  description: "A property by which options are compared: tail latency, memory, accuracy, maintainability.",
  plural: "qualities",
  sorting: true,
  fields: {
    title: indexed(title("The quality's usual name.")),
    summary: prose("What the quality means here and how one would notice that it is missing."),
    direction,
  },
});

export const metric = nodeKind({
  description: "Something that benchmarks measure, under its standard term, with its quantity and direction.",
  plural: "metrics",
  sorting: true,
  fields: {
    title: indexed(title("The metric's standard term, such as p99 latency or recall@10.")),
    aliases: optional(listOf(line("Another name.", 80), 20, "Other spellings of the same metric in sources.")),
    quantity: quantityField("The kind of quantity measured; values convert only within it."),
    direction,
    statistic: optional(
      enumeration(
        "Statistic",
        {
          MEAN: "Arithmetic mean of the samples.",
          P50: "The median: half of the samples are below it.",
          P99: "The 99th percentile: one sample in a hundred is above it.",
          MAX: "The largest of all samples.",
          TOTAL: "Sum over the whole run.",
        },
        "Which statistic of the samples the metric reports, where that is part of its meaning.",
      ),
    ),
  },
});
