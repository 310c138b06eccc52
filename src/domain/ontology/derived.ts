import type { NodeKind } from "./node-kinds";

/**
 * A relation that follows from others: each alternative is a chain of relation names, starting at the owner and ending
 * at the target. `because` says what makes the link: the node reached after `node` steps, and the reason of step `reason`
 * (both 1-based), where that step's edge kind has one.
 */
export interface DerivedRelationSpec {
  readonly owner: NodeKind;
  readonly field: string;
  readonly target: NodeKind;
  readonly typical: number;
  readonly description: string;
  readonly alternatives: readonly {
    readonly steps: readonly string[];
    readonly because: { readonly node: number; readonly reason?: number };
  }[];
}

const derived = <const D extends DerivedRelationSpec>(spec: D): D => Object.freeze(spec);

/** The most entries of `because` that a derived link carries, the first by node id. */
export const becauseLimit = 20;

export const derivedRelations = [
  derived({
    owner: "TradeOff",
    field: "benchmarks",
    target: "Benchmark",
    typical: 4,
    description: "Benchmarks whose figures are evidence for the trade-off's assessments and flip conditions.",
    alternatives: [
      {
        steps: ["TradeOff.options", "Option.assessments", "Assessment.evidence", "Measurement.benchmark"],
        because: { node: 2, reason: 3 },
      },
      {
        steps: ["TradeOff.flipConditions", "FlipCondition.evidence", "Measurement.benchmark"],
        because: { node: 1, reason: 2 },
      },
    ],
  }),
  derived({
    owner: "Benchmark",
    field: "tradeOffs",
    target: "TradeOff",
    typical: 2,
    description: "Trade-offs for whose assessments and flip conditions the benchmark's figures are evidence.",
    alternatives: [
      {
        steps: ["Benchmark.measurements", "Measurement.citedByAssessments", "Assessment.option", "Option.tradeOff"],
        because: { node: 2, reason: 2 },
      },
      {
        steps: ["Benchmark.measurements", "Measurement.citedByFlipConditions", "FlipCondition.tradeOff"],
        because: { node: 2, reason: 2 },
      },
    ],
  }),
  derived({
    owner: "Concept",
    field: "benchmarks",
    target: "Benchmark",
    typical: 4,
    description: "Benchmarks with figures of this concept at work.",
    alternatives: [{ steps: ["Concept.measurements", "Measurement.benchmark"], because: { node: 1 } }],
  }),
  derived({
    owner: "Tool",
    field: "benchmarks",
    target: "Benchmark",
    typical: 4,
    description: "Benchmarks with figures of this tool at work.",
    alternatives: [{ steps: ["Tool.measurements", "Measurement.benchmark"], because: { node: 1 } }],
  }),
] as const;
