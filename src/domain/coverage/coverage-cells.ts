import type { GraphView } from "../graph/graph-view";
import type { GraphNode } from "../graph/node";
import { compareText } from "../graph/order";
import type { NodeId } from "../ids";
import { Pacer } from "../pacer";
import { nodeKinds } from "../ontology/node-kinds";
import { nodesOfKind } from "../rules/bank-of-view";

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
 * Others get their turn meanwhile. A topic that no other holds counts as a sub-topic where it has questions of its own.
 */
export async function coverageCells(view: GraphView): Promise<readonly CoverageCell[]> {
  const roles = [...nodesOfKind(view, "Role")];
  const cells: CoverageCell[] = [];
  const pacer = new Pacer();
  for (const { id: subTopic } of [...nodesOfKind(view, "Topic")].filter(isSubTopic(view))) {
    const counts = await countQuestions(view, subTopic, pacer);
    for (const { id: role } of roles)
      for (const difficulty of difficulties)
        cells.push({ subTopic, role, difficulty, questions: counts.get(`${role} ${difficulty}`) ?? 0 });
  }
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
async function countQuestions(view: GraphView, topic: NodeId, pacer: Pacer): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const { other: question } of view.links(topic, "Topic.questions")) {
    if (pacer.isDue) await pacer.yieldToEventLoop();
    const node = view.node(question);
    if (node?.kind !== "Question") continue;
    for (const { other: role } of view.links(question, "Question.roles")) {
      const key = `${role} ${node.difficulty}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return counts;
}
