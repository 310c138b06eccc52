import type { NodeKind } from "../domain/ontology/node-kinds";
import { searchedKinds } from "./searched-texts";

/** How much a kind is what people look for: what stands alone before the parts of it, and where figures come from last. */
const kindWeights: Readonly<Record<NodeKind, number>> = {
  Concept: 1,
  Question: 1.15,
  Tool: 0.95,
  TradeOff: 1.05,
  Metric: 0.85,
  Topic: 0.85,
  Quality: 0.85,
  Benchmark: 0.65,
  ModelAnswer: 0.65,
  Role: 0.6,
  Option: 0.6,
  Source: 0.5,
  Criterion: 0.45,
  Assessment: 0.45,
  FlipCondition: 0.45,
  Measurement: 0.45,
};
/** By the place of the kind in `searchedKinds`. */
export const weightOfKind = searchedKinds.map((kind) => kindWeights[kind]);

export const maxWeight: number = Math.max(...weightOfKind);
