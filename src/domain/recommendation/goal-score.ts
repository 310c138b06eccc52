import type { Adjacent, GraphView } from "../graph/graph-view";
import { kindOf, type NodeId } from "../ids";
import type { Profile } from "./profile";

const near = 0.5;
const far = 0.25;

/**
 * Adds what questions gain that lead towards a concept, a trade-off or a question: that treat it, or teach what it needs as
 * far as that is not known. The amounts are set by hand: no links of the bank say which question helps with which goal.
 */
export function addGoalScore(
  view: GraphView,
  goal: NodeId,
  known: ReadonlySet<NodeId> | undefined,
  profile: Profile,
): void {
  const isKnown = (concept: NodeId): boolean => known?.has(concept) === true;
  const teach = (concept: NodeId, amount: number, prefix: readonly Adjacent[]): void => {
    if (!isKnown(concept)) profile.gainAt(concept, "GOAL", amount, prefix, { assuming: 0 });
  };
  const teachFirst = (concept: NodeId, amount: number, prefix: readonly Adjacent[]): void => {
    for (const link of view.links(concept, "Concept.prerequisites")) teach(link.other, amount, [...prefix, link]);
  };
  switch (kindOf(goal)) {
    case "Concept":
      profile.gainAt(goal, "GOAL", 1, [], { assuming: near });
      teachFirst(goal, near, []);
      for (const link of view.links(goal, "Concept.prerequisites")) teachFirst(link.other, far, [link]);
      break;
    case "TradeOff":
      profile.gainAt(goal, "GOAL", 1, []);
      for (const option of view.links(goal, "TradeOff.options"))
        for (const link of view.links(option.other, "Option.concepts")) teach(link.other, far, [option, link]);
      break;
    case "Question":
      profile.gainOf(goal, "GOAL", 1, [], "It is the goal itself.");
      for (const link of view.links(goal, "Question.concepts")) {
        const needed = link.edge.properties["emphasis"] === "ASSUMES";
        teach(link.other, needed ? 1 : far, [link]);
        if (needed && !isKnown(link.other)) teachFirst(link.other, near, [link]);
      }
      for (const link of view.links(goal, "Question.tradeOffs")) profile.gainAt(link.other, "GOAL", far, [link]);
      break;
    default:
  }
}
