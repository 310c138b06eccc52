import type { GraphView } from "../../domain/graph/graph-view";
import { type LearningPlan, type LearningStep, teachersOf } from "../../domain/learning/learning-plan";
import { relations } from "../../domain/ontology/relations";
import { type ArgumentRange, rangeArgument, readInRange, requestedPageSize } from "../arguments/page-size";
import { declareField, declareObject } from "../declare";
import { linkSource } from "../links";
import { linkShapeOf } from "./link-shapes";
import { because, linkType } from "./link-types";
import { nodeTypes } from "./node-types";
import { NonNegativeInt } from "./scalars";

/** A plan as it is shown, with the graph that it was made of. */
export interface ShownPlan extends LearningPlan {
  readonly view: GraphView;
}

const steps: ArgumentRange = { name: "first", usual: 20, max: 100 };
const teachers: ArgumentRange = { name: "first", usual: 1, max: 20 };
const typicalNeeds = 2;

const teacher = linkType(["Question"], linkShapeOf(relations["Concept.questions"]));

const step = declareObject(
  "LearningStep",
  "One concept of a plan, with what needs it and the questions that teach it.",
);
declareField(step, "concept", {
  type: () => nodeTypes.Concept,
  description: "What to learn at this step; all that it builds on is known, or comes in an earlier step.",
  cost: { own: 0 },
});
declareField(step, "goal", {
  type: () => Boolean,
  description: "Whether it is wanted for itself, rather than because another step builds on it.",
});
declareField<LearningStep>(step, "because", {
  type: () => [because],
  description:
    "What brings it into the plan: the question that assumes it, then later steps that build on it, with the reasons.",
  resolve: ({ needs }) => needs,
  cost: { times: typicalNeeds },
});
declareField<LearningStep & Pick<ShownPlan, "view" | "before">>(step, "taughtBy", {
  type: () => [teacher],
  description:
    "Questions whose answers explain the concept: quickest, then easiest first; not the question that one gets ready for.",
  args: { first: rangeArgument(teachers, "How many of them at most") },
  resolve: ({ concept, view, before }, { first }: { first?: number | null }) =>
    teachersOf(view, concept.id, before).slice(0, readInRange(teachers, first)).map(linkSource),
  cost: { times: requestedPageSize },
});

export const learningPlanType = declareObject("LearningPlan", "Concepts in an order in which they can be learned.");
declareField<ShownPlan>(learningPlanType, "steps", {
  type: () => [step],
  description: "Each concept comes after those that it builds on, as near to what needs it as their order allows.",
  args: { first: rangeArgument(steps, "How many steps at most") },
  resolve: ({ steps: planned, view, before }, { first }: { first?: number | null }) =>
    planned.slice(0, readInRange(steps, first)).map((each) => ({ ...each, view, before })),
  cost: { times: requestedPageSize },
});
declareField<ShownPlan>(learningPlanType, "totalCount", {
  type: () => NonNegativeInt,
  description: "How many steps the plan has, whether they are listed or not.",
  resolve: (plan) => plan.steps.length,
});

export const readinessType = declareObject(
  "Readiness",
  "Whether someone knows what a question assumes, and if not, the shortest way there.",
);
declareField(readinessType, "ready", {
  type: () => Boolean,
  nullable: true,
  description: "Whether nothing that the question assumes is missing; null where it was not said what is known.",
});
declareField(readinessType, "missing", {
  type: () => learningPlanType,
  description:
    "What is missing, prerequisites included; empty where it was not said what is known, since nothing is blocked then.",
  cost: { own: 0 },
});
