import type { GraphView } from "../graph/graph-view";
import type { GraphNode } from "../graph/node";
import { compareText } from "../graph/order";
import type { NodeId } from "../ids";
import { nodeKinds } from "../ontology/node-kinds";
import { nodesOf } from "../rules/bank-of-view";

/** How many questions of a sub-topic, for a role, are of a difficulty. */
export interface CoverageCell {
  readonly subTopic: NodeId;
  readonly role: NodeId;
  readonly difficulty: string;
  readonly questions: number;
}

const { type } = nodeKinds.Question.fields.difficulty;
const difficulties = type.is === "enum" ? Object.keys(type.values) : [];

/**
 * A cell for each combination, empty ones among them: the fewest questions first, then by sub-topic, role and difficulty.
 * A topic that no other holds counts as a sub-topic where it has questions of its own.
 */
export function coverageCells(view: GraphView): readonly CoverageCell[] {
  const roles = [...nodesOf(view, "Role")];
  const cells = [...nodesOf(view, "Topic")].filter(isSubTopic(view)).flatMap(({ id: subTopic }) => {
    const counts = countQuestions(view, subTopic);
    return roles.flatMap(({ id: role }) =>
      difficulties.map((difficulty) => ({
        subTopic,
        role,
        difficulty,
        questions: counts.get(`${role} ${difficulty}`) ?? 0,
      })),
    );
  });
  return cells.sort(
    (a, b) =>
      a.questions - b.questions ||
      compareText(a.subTopic, b.subTopic) ||
      compareText(a.role, b.role) ||
      difficulties.indexOf(a.difficulty) - difficulties.indexOf(b.difficulty),
  );
}

const isSubTopic =
  (view: GraphView) =>
  ({ id }: GraphNode): boolean =>
    view.links(id, "Topic.parent").length > 0 || view.links(id, "Topic.questions").length > 0;

/** By role and difficulty. */
function countQuestions(view: GraphView, topic: NodeId): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { other: question } of view.links(topic, "Topic.questions")) {
    const node = view.node(question);
    if (node?.kind !== "Question") continue;
    for (const { other: role } of view.links(question, "Question.roles")) {
      const key = `${role} ${node.difficulty}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return counts;
}
