import type { Adjacent, GraphView } from "../graph/graph-view";
import type { NodeId } from "../ids";
import { followUpValues } from "./policy";
import type { Profile } from "./profile";
import type { RecommendationContext } from "./recommendation";

/** Adds what questions gain that authors linked with this one. */
export function addFollowUpScore(
  view: GraphView,
  anchor: NodeId,
  answer: Pick<RecommendationContext, "missed" | "met">,
  profile: Profile,
): void {
  view.links(anchor, "Question.followUps").forEach((link, place) => {
    const fit = fitOf(link, answer);
    const value = (fit === "FITS" ? 1 : followUpValues[fit]) - place * followUpValues.placeStep;
    profile.gainOf(link.other, fit === "FITS" ? "FOLLOW_UP_FITS" : "FOLLOW_UP", value, [link]);
  });
  for (const link of view.links(anchor, "Question.precededBy")) profile.gainOf(link.other, "LEADS_HERE", 1, [link]);
  for (const link of view.links(anchor, "Question.related")) profile.gainOf(link.other, "RELATED", 1, [link]);
}

/**
 * Whether the last answer meets the condition: at least one of the criteria was missed, or all were met. A condition without
 * criteria is about any of the question's. OPEN: the answer was not judged.
 */
function fitOf(
  { edge }: Adjacent,
  { missed, met }: Pick<RecommendationContext, "missed" | "met">,
): "FITS" | "ALWAYS" | "OPEN" | "UNMET" {
  const { when, criteria = [] } = edge.properties as { when: string; criteria?: readonly NodeId[] };
  if (when === "ALWAYS") return "ALWAYS";
  if (!missed && !met) return "OPEN";
  if (when === "MISSING") {
    const fits = criteria.length === 0 ? (missed?.size ?? 0) > 0 : criteria.some((each) => missed?.has(each));
    return fits ? "FITS" : "UNMET";
  }
  const fits = criteria.length === 0 ? (met?.size ?? 0) > 0 && !missed?.size : criteria.every((each) => met?.has(each));
  return fits ? "FITS" : "UNMET";
}
