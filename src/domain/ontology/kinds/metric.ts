import { enumeration, indexed, line, listOf, optional, title } from "../field";
import { nodeKind } from "../node-kind";
import { quantityField } from "../units";
import { direction } from "./quality";

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
