import { compareText } from "../graph/order";
import { type Exclusion, exclusions } from "./filters";
import { termKindNames } from "./policy";
import type { Recommendation } from "./recommendation";

/** Why a question is not in a list of recommendations, or not higher up. */
export const whyNotCodes = {
  ...exclusions,
  BLOCKED: "It assumes concepts that are not known, which takes from its score.",
  OUTRANKED:
    "Its terms add up to less than those of the question that it is compared with, or to as much and its ID is larger.",
  NOT_REACHED: "It scores enough, but was not among those looked at: it shares only what very many questions share.",
} as const;

export interface WhyNotReason {
  readonly code: Exclusion | "BLOCKED" | "OUTRANKED" | "NOT_REACHED";
  readonly message: string;
}

export interface WhyNot {
  /** The question as it stands in the list, or as it would stand as the next of it. */
  readonly recommendation: Recommendation;
  /** Its place in the list, from 1; null if it is not in it. */
  readonly rank: number | null;
  /** The question above it in the list, or the last of the list; null if there is none. */
  readonly compared: Recommendation | null;
  /** None only for the first of the list. */
  readonly reasons: readonly WhyNotReason[];
}

export function reasonsOf(
  own: Recommendation,
  compared: Recommendation | null,
  excluded: readonly Exclusion[],
): WhyNotReason[] {
  const reasons: WhyNotReason[] = excluded.map((code) => ({ code, message: exclusions[code] }));
  if (own.blockedBy.length > 0) {
    const names = own.blockedBy.map(({ title }) => title).join(", ");
    reasons.push({ code: "BLOCKED", message: `It assumes what is not known: ${names}.` });
  }
  if (compared && isBelow(own, compared)) reasons.push({ code: "OUTRANKED", message: difference(own, compared) });
  else if (compared && excluded.length === 0) reasons.push({ code: "NOT_REACHED", message: whyNotCodes.NOT_REACHED });
  return reasons;
}

const isBelow = (own: Recommendation, compared: Recommendation): boolean =>
  own.score < compared.score || (own.score === compared.score && compareText(own.node.id, compared.node.id) > 0);

const told = 3;

/** The scores, and the terms in which the other one is ahead most. */
function difference(own: Recommendation, compared: Recommendation): string {
  const points = ({ terms }: Recommendation, kind: string): number =>
    terms.find((term) => term.kind === kind)?.contribution ?? 0;
  const ahead = termKindNames
    .map((kind) => ({ kind, own: points(own, kind), other: points(compared, kind) }))
    .filter((each) => each.other > each.own)
    .sort((a, b) => b.other - b.own - (a.other - a.own))
    .slice(0, told)
    .map((each) => `${each.kind} ${each.own} against ${each.other}`);
  const scores = `${own.score} points against ${compared.score} of ${JSON.stringify(compared.node.title)}`;
  return ahead.length === 0 ? `${scores}.` : `${scores}: ${ahead.join(", ")}.`;
}
