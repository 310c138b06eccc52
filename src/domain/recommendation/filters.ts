import type { GraphView } from "../graph/graph-view";
import type { GraphNode } from "../graph/node";
import type { NodeId } from "../ids";
import type { RecommendationContext } from "./recommendation";

/** Why a question may not be recommended at all. */
export const exclusions = {
  SEEN: "The context says that it was seen.",
  JUST_ANSWERED: "It is the question that the recommendation goes on from.",
  OTHER_ROLE: "It is not asked of candidates for the role.",
  OTHER_TOPIC: "Neither the topic nor one of its subtopics covers it.",
  OTHER_FORMAT: "Its format is not one of those asked for.",
  OTHER_DIFFICULTY: "Its difficulty is not one of those asked for.",
  TOO_LONG: "It takes more minutes than there are.",
} as const;
export type Exclusion = keyof typeof exclusions;

/** Tells of questions whether they may be recommended, and of those that may not, why. */
export class Excluder {
  /** Those that the context asks for. */
  private readonly tests: readonly (readonly [Exclusion, (question: GraphNode<"Question">) => boolean])[];

  constructor(view: GraphView, { after, seen, role, topic, formats, difficulty, minutes }: RecommendationContext) {
    const tests: [Exclusion, ((question: GraphNode<"Question">) => boolean) | false | undefined][] = [
      ["SEEN", seen.size > 0 && (({ id }) => seen.has(id))],
      ["JUST_ANSWERED", after !== undefined && (({ id }) => id === after)],
      ["OTHER_FORMAT", formats && (({ format }) => !formats.includes(format))],
      ["OTHER_DIFFICULTY", difficulty && ((question) => !difficulty.includes(question.difficulty))],
      ["TOO_LONG", minutes !== undefined && (({ estimatedMinutes = 0 }) => estimatedMinutes > minutes)],
      ["OTHER_ROLE", role !== undefined && (({ id }) => !linked(view, id, "Question.roles", (each) => each === role))],
      ["OTHER_TOPIC", topic !== undefined && isElsewhere(view, topic)],
    ];
    this.tests = tests.flatMap(([name, excludes]) => (excludes ? [[name, excludes] as const] : []));
  }

  allows(question: GraphNode<"Question">): boolean {
    return !this.tests.some(([, excludes]) => excludes(question));
  }

  reasons(question: GraphNode<"Question">): Exclusion[] {
    return this.tests.filter(([, excludes]) => excludes(question)).map(([name]) => name);
  }
}

function isElsewhere(view: GraphView, topic: NodeId): (question: GraphNode<"Question">) => boolean {
  const topics = subtree(view, topic);
  return ({ id }) => !linked(view, id, "Question.topics", (each) => topics.has(each));
}

const linked = (
  view: GraphView,
  question: NodeId,
  relation: "Question.roles" | "Question.topics",
  test: (id: NodeId) => boolean,
): boolean => view.links(question, relation).some(({ other }) => test(other));

/** The topic and all below it. */
export function subtree(view: GraphView, topic: NodeId): ReadonlySet<NodeId> {
  const found = new Set([topic]);
  for (const each of found) for (const { other } of view.links(each, "Topic.subtopics")) found.add(other);
  return found;
}
