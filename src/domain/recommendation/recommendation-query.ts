import type { Adjacent, GraphView } from "../graph/graph-view";
import type { GraphNode } from "../graph/node";
import { kindOf, type NodeId } from "../ids";
import { authoredLinks, linksOfQuestions, questionLinks } from "./links-to-questions";
import { followUpValues, type TermKind } from "./policy";
import { Profile } from "./profile";
import type { RecommendationContext } from "./recommendation";
import { addSimilarityScore } from "./similarity-score";
import type { Similarity, WordIndex } from "./word-index";

/** Takes one ground of a term. `last` leads from the path's end to the question and is still seen from the question. */
type Add = (kind: TermKind, amount: number, path?: readonly Adjacent[], last?: Adjacent, reason?: string) => void;

/** What is looked for in one revision. It says of any question what that gains, and why. */
export class RecommendationQuery {
  readonly profile = new Profile();
  readonly anchor: GraphNode<"Question"> | undefined;
  readonly similarity: Similarity | null;

  constructor(
    readonly view: GraphView,
    words: WordIndex,
    readonly context: RecommendationContext,
  ) {
    const { after, goal, known } = context;
    this.anchor = after === undefined ? undefined : (view.node(after) as GraphNode<"Question">);
    if (after !== undefined) {
      addFollowUpScore(view, after, context, this.profile);
      addSimilarityScore(view, after, this.profile);
    }
    if (goal !== undefined) addGoalScore(view, goal, known, this.profile);
    this.similarity = after === undefined ? null : words.similarity(after);
  }

  /** All that the question gains by what it is linked with, by its words and by itself. */
  gains(question: GraphNode<"Question">, add: Add): void {
    const { view, profile, anchor } = this;
    for (const { kind, amount, path, reason } of profile.own.get(question.id) ?? [])
      add(kind, amount, path, undefined, reason);
    for (const relation of linksOfQuestions)
      for (const link of view.links(question.id, relation)) this.gainsAt(link, add);
    if (this.similarity) add("SHARED_WORDS", this.similarity.with(question.id));
    if (anchor?.format === question.format) add("SAME_FORMAT", 1);
    if (anchor?.difficulty === question.difficulty) add("SAME_DIFFICULTY", 1);
    add("POPULARITY", Math.log(1 + authoredLinks(view, question.id)));
    if (this.context.known) add("BLOCKED", this.missing(question.id).length);
  }

  /** Concepts that the question assumes and that are not known, by id; none if nothing is known about that. */
  missing(question: NodeId): NodeId[] {
    const { known } = this.context;
    if (!known) return [];
    return this.view
      .links(question, "Question.concepts")
      .filter(({ edge, other }) => edge.properties["emphasis"] === "ASSUMES" && !known.has(other))
      .map(({ other }) => other);
  }

  private gainsAt(link: Adjacent, add: Add): void {
    const gains = this.profile.byLink.get(link.other);
    if (!gains) return;
    const teaches = link.edge.properties["emphasis"] !== "ASSUMES";
    for (const { kind, amount, prefix, teaching, assuming } of gains) {
      const factor = teaches ? teaching : assuming;
      if (factor > 0) add(kind, amount * factor, prefix, link);
    }
  }

  /** The nodes by which questions gain something, those with the fewest questions first. */
  sources(): NodeId[] {
    const sizes = new Map([...this.profile.byLink.keys()].map((id) => [id, questionLinks(this.view, id)]));
    return [...sizes].sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1)).map(([id]) => id);
  }
}

/** Adds what questions gain that authors linked with this one. */
function addFollowUpScore(
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

const near = 0.5;
const far = 0.25;

/**
 * Adds what questions gain that lead towards a concept, a trade-off or a question: that treat it, or teach what it needs as
 * far as that is not known. The amounts are set by hand: no links of the bank say which question helps with which goal.
 */
function addGoalScore(view: GraphView, goal: NodeId, known: ReadonlySet<NodeId> | undefined, profile: Profile): void {
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
