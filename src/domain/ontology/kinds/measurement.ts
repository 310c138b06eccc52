import { decimal, integer, line, optional, params } from "../field";
import { nodeKind } from "../node-kind";
import { unitField } from "../units";

export const measurement = nodeKind({
  description: "One figure of a benchmark: a value in a unit for one subject under stated parameters.",
  plural: "measurements",
  ownedBy: "Benchmark",
  fields: {
    value: decimal("The figure, in the given unit, as precisely as the source prints it."),
    unit: unitField("The value's unit, from the bank's table of units."),
    params: optional(params("Settings that distinguish this figure from its neighbours, such as batch size.")),
    subjectAsPrinted: line("What was measured, by the source's own label.", 200),
    samples: optional(integer("How many samples the figure summarizes.", 1, 2_000_000_000)),
    spread: optional(line("The spread as the source states it, such as ±0.4 or min 3, max 9.", 200)),
    hardware: optional(line("The machine, where it differs from the benchmark's.", 500)),
    software: optional(line("Software versions, where they differ from the benchmark's.", 500)),
    dataset: optional(line("The data or workload, where it differs from the benchmark's.", 500)),
  },
});
