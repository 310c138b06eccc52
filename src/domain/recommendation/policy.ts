interface TermSpec {
  /** Points for a value of 1. */
  readonly weight: number;
  /** A value counts up to this. */
  readonly cap: number;
  readonly description: string;
}
const term = (weight: number, cap: number, description: string): TermSpec => ({ weight, cap, description });

/**
 * What a recommendation is made of. The weights of what two questions share are those of a conditional logit, in hundredths,
 * fitted to a third of the bank's authored links; bench/results/recommendation.md tells how, and what was left out.
 * Links that an author made come before similarity by decree. A follow-up that fits the last answer weighs more than all
 * other terms together can, less what can be taken off.
 */
export const termKinds = {
  FOLLOW_UP_FITS: term(
    30_000,
    1,
    "An author's follow-up whose condition the last answer meets; it comes before all else.",
  ),
  FOLLOW_UP: term(1_500, 1, "An author's follow-up that needs no condition, or whose condition is open or not met."),
  LEADS_HERE: term(400, 1, "An author made the question that one comes from a follow-up of this one."),
  RELATED: term(700, 1, "An author linked the two questions as bearing on the same matter."),
  GOAL: term(600, 4, "It leads towards the goal: it treats it, or teaches what the goal needs."),
  SHARED_CONCEPT: term(30, 60, "Concepts that both questions assume or teach, each counted by how rare it is."),
  TAUGHT_NEXT: term(15, 60, "Concepts that the question before assumes and this one teaches, by how rare they are."),
  PREREQUISITE: term(8, 100, "A concept of one question is a prerequisite of a concept of the other."),
  RELATED_CONCEPT: term(11, 60, "A concept of one question is related to a concept of the other."),
  SHARED_TRADE_OFF: term(26, 40, "Trade-offs that both questions weigh, each counted by how rare it is."),
  SHARED_TOOL: term(2, 60, "Tools that both questions use, each counted by how rare it is."),
  SHARED_TOPIC: term(40, 40, "Topics that cover both questions, each counted by how rare it is."),
  TOPIC_ORDER: term(106, 6, "The two stand close to each other in a topic's order, counted as one over the distance."),
  SHARED_ROLE: term(41, 20, "Roles whose candidates are asked both questions, each counted by how rare it is."),
  SHARED_NEIGHBOUR: term(60, 12, "Questions that authors linked with both, each counted by how few links it has."),
  SHARED_WORDS: term(1_600, 1.5, "Rare words that both questions use in their titles, prompts and model answers."),
  SAME_FORMAT: term(28, 1, "Both questions have the same format."),
  SAME_DIFFICULTY: term(28, 1, "Both questions are equally difficult."),
  POPULARITY: term(60, 8, "How many questions authors linked with this one: the logarithm of their number and one."),
  BLOCKED: term(-300, 4, "Taken off for each concept that it assumes and that is not known."),
  REPEATED_TRADE_OFF: term(
    -90,
    3,
    "Taken off for each question further up in the list that weighs the same trade-off.",
  ),
  REPEATED_FORMAT: term(-15, 6, "Taken off for each question further up in the list of the same format."),
} as const satisfies Readonly<Record<string, TermSpec>>;

export type TermKind = keyof typeof termKinds;
export const termKindNames = Object.keys(termKinds) as readonly TermKind[];

/** Changes when weights, values or the order of results do, so that a client knows which rules a score came from. */
export const policyVersion = "1";

/** How much a concept counts for a question that teaches or only assumes it. */
export const emphasis = { TEACHES: 1, ASSUMES: 0.6 } as const;

/** Of a follow-up, by what is known of its condition; less `placeStep` for each place further down in the author's order. */
export const followUpValues = { ALWAYS: 1, OPEN: 0.7, UNMET: 0.3, placeStep: 0.02 } as const;
