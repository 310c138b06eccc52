import {
  decimal,
  duration,
  enumeration,
  indexed,
  integer,
  line,
  nodeKind,
  optional,
  params,
  partialDate,
  prose,
  title,
  url,
} from "../field";
import { unitField } from "../units";

export const benchmark = nodeKind({
  description: "A published or own experiment whose measurements serve as evidence, with its conditions and source.",
  plural: "benchmarks",
  fields: {
    title: indexed(title("What was compared, in the bank's own words.")),
    summary: prose("What was measured, how, and what the figures show."),
    dataset: optional(line("The data or workload it ran on; absent if the source does not say.", 500)),
    hardware: optional(line("The machine it ran on; absent if the source does not say.", 500)),
    software: optional(line("Versions of the software involved; absent if the source does not say.", 500)),
    date: optional(indexed(partialDate("When it was run or published, as precisely as the source says."))),
    evidenceKind: indexed(
      enumeration(
        "EvidenceKind",
        {
          MEASURED: "Measured and published by people who do not sell the winner, or measured by us.",
          VENDOR_CLAIM: "Published by the maker of one of the things compared.",
          DERIVED: "Computed from other published figures.",
        },
        "Who stands behind the figures.",
      ),
    ),
    caveat: optional(prose("What a reader must know before relying on the figures.")),
    staleAfter: optional(duration("How long the figures stay fresh, from date or else from retrieval.")),
  },
});

export const measurement = nodeKind({
  description: "One figure of a benchmark: a value in a unit for one subject under stated parameters.",
  plural: "measurements",
  ownedBy: "Benchmark",
  fields: {
    value: decimal("The figure, in the given unit, as precisely as the source prints it."),
    unit: unitField("The value's unit, from the bank's table of units."),
    params: optional(params("Settings that distinguish this figure from its neighbours, such as batch size.")),
    subjectAsPrinted: line("What was measured, by the source's own label.", 200),
    samples: optional(integer("How many samples the figure summarizes.", 1, 2000000000)),
    spread: optional(line("The spread as the source states it, such as ±0.4 or min 3, max 9.", 200)),
    hardware: optional(line("The machine, where it differs from the benchmark's.", 500)),
    software: optional(line("Software versions, where they differ from the benchmark's.", 500)),
    dataset: optional(line("The data or workload, where it differs from the benchmark's.", 500)),
  },
});

export const source = nodeKind({
  description: "A document that figures or statements come from, pinned to a revision where it has one.",
  plural: "sources",
  fields: {
    title: indexed(title("The document's title.")),
    publisher: line("Who published it: a project, a company, a venue.", 200),
    url: optional(url("Where it can be read, at the pinned revision; absent only for measurements of our own.")),
    revision: optional(line("Commit, version or edition that was read.", 120)),
    retrievedAt: partialDate("The day on which it was read for the bank."),
    license: optional(line("SPDX identifier of its license, where stated.", 80)),
    date: optional(partialDate("When it was published, as precisely as it says.")),
  },
});
