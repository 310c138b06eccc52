import type { Adjacent, GraphView } from "../graph/graph-view";
import type { GraphNode } from "../graph/node";
import type { NodeId } from "../ids";
import { addFollowUpScore } from "./follow-up-score";
import { addGoalScore } from "./goal-score";
import { addSimilarityScore } from "./similarity-score";
import { authoredLinks, linksOfQuestions, questionLinks } from "./links-to-questions";
import type { TermKind } from "./policy";
import { Profile } from "./profile";
import type { RecommendationContext } from "./recommendation";
import type { Similarity, WordIndex } from "./word-index";

/** Takes one ground of a term. `last` leads from the path's end to the question and is still seen from the question. */
export type Add = (
  kind: TermKind,
  amount: number,
  path?: readonly Adjacent[],
  last?: Adjacent,
  reason?: string,
) => void;

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
