import { duration, enumeration, indexed, line, optional, partialDate, prose, title } from "../field";
import { nodeKind } from "../node-kind";

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
