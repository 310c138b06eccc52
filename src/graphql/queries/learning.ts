import type { GraphView } from "../../domain/graph/graph-view";
import { type Known, learningPlan, readiness } from "../../domain/learning/learning-plan";
import { idForms } from "../arguments/id-argument";
import { namedNode, namedNodes } from "../arguments/named-node";
import { isGiven } from "../arguments/page-size";
import { type ArgumentSpec, declareQuery, ID } from "../declare";
import { typicalWalk } from "../limits/meter";
import { whenReady } from "../promise-or-value";
import { learningPlanType, readinessType, type ShownPlan } from "../types/learning-types";

interface KnownArgument {
  readonly known?: readonly string[] | null;
}

const known: ArgumentSpec = {
  type: () => [ID],
  description: "Concepts that are known, and with them all that they build on. Left out: nobody knows; empty: none is.",
};

const readKnown = (view: GraphView, { known: given }: KnownArgument): Known =>
  isGiven(given) ? namedNodes(view, given, ["Concept"]) : null;

/** What to learn before. */
export class LearningQueries {}

declareQuery(LearningQueries, "learningPlan", {
  type: () => learningPlanType,
  nullable: true,
  description: "What to learn, and in which order, to understand some concepts: these and what they build on.",
  args: {
    concepts: { type: () => [ID], required: true, description: `What to understand in the end. ${idForms}` },
    known,
  },
  cost: { own: 1, base: typicalWalk },
  resolve: (_root, { concepts, ...rest }: KnownArgument & { concepts: readonly string[] }, context) =>
    whenReady(context.snapshot(), ({ view }): ShownPlan => {
      const plan = learningPlan(view, namedNodes(view, concepts, ["Concept"]), readKnown(view, rest));
      return { ...plan, view };
    }),
});

declareQuery(LearningQueries, "readiness", {
  type: () => readinessType,
  nullable: true,
  description: "What someone would have to learn before a question, given what is known.",
  args: { question: { type: () => ID, required: true, description: `What is to be asked. ${idForms}` }, known },
  cost: { own: 1, base: typicalWalk },
  resolve: (_root, { question, ...rest }: KnownArgument & { question: string }, context) =>
    whenReady(context.snapshot(), ({ view }) => {
      const { ready, missing } = readiness(view, namedNode(view, question, ["Question"]), readKnown(view, rest));
      return { ready, missing: { ...missing, view } };
    }),
});
