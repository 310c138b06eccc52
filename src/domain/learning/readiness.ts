import { type GraphView, nodeAt } from "../graph/graph-view";
import type { NodeId } from "../ids";
import { type LearningPlan, learningPlan, type Need, reasonOf } from "./learning-plan";
import type { Known } from "./prerequisites";

export interface Readiness {
  /** Whether all that the question assumes is known; null where nobody said what is. */
  readonly ready: boolean | null;
  /** What is missing, in an order in which it can be learned; empty where nobody said what is known: nothing is blocked then. */
  readonly missing: LearningPlan;
}

/** What of that which a question assumes, or what that builds on, is not known. What the question teaches may be unknown. */
export function readiness(view: GraphView, question: NodeId, known: Known): Readiness {
  if (known === null) return { ready: null, missing: { steps: [] } };
  const assumed = new Map<NodeId, Need>();
  for (const { other, edge } of view.links(question, "Question.concepts"))
    if (edge.properties["emphasis"] === "ASSUMES")
      assumed.set(other, { node: nodeAt(view, question), reason: reasonOf(edge) });
  const missing = learningPlan(view, [...assumed.keys()], known, assumed);
  return { ready: missing.steps.length === 0, missing: { ...missing, before: question } };
}
