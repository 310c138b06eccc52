import { enumeration, indexed, prose, title } from "../field";
import { nodeKind } from "../node-kind";

/** Shared by Quality and Metric: which way is better. */
export const direction = enumeration(
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
