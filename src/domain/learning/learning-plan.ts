import type { EdgeState } from "../changes/change-set";
import { type GraphView, nodeAt } from "../graph/graph-view";
import type { GraphNode, Link } from "../graph/node";
import { compareText, enumRank } from "../graph/order";
import type { NodeId } from "../ids";
import { nodeKinds } from "../ontology/node-kinds";

/** Why a concept is in a plan: what of the plan needs it, with the author's reason. */
interface Need {
  readonly node: GraphNode;
  readonly reason: string;
}

export interface LearningStep {
  readonly concept: GraphNode<"Concept">;
  /** Whether it is wanted for itself. */
  readonly goal: boolean;
  /** What wants it, then the concepts of the plan that build on it, by id. */
  readonly needs: readonly Need[];
}

export interface LearningPlan {
  /** Each concept after what it builds on; what it needs without being in the plan is known. */
  readonly steps: readonly LearningStep[];
  /** The question that it prepares for, from which it does not ask one to learn. */
  readonly before?: NodeId;
}

/**
 * What to learn, and in which order, to understand the concepts. Without a word on what is known, nothing is left out.
 * `wantedBy`: what wants them, where something does.
 */
export function learningPlan(
  view: GraphView,
  concepts: readonly NodeId[],
  known: Known,
  wantedBy: ReadonlyMap<NodeId, Need> = new Map(),
): LearningPlan {
  const order = inLearningOrder(view, concepts, withPrerequisites(view, known ?? []));
  const planned = new Set(order);
  const goals = new Set(concepts);
  const steps = order.map((concept): LearningStep => {
    const wanted = wantedBy.get(concept);
    const built = view
      .links(concept, "Concept.unlocks")
      .flatMap(({ other, edge }) =>
        planned.has(other) ? [{ node: nodeAt(view, other), reason: reasonOf(edge) }] : [],
      );
    return { concept: nodeAt(view, concept), goal: goals.has(concept), needs: wanted ? [wanted, ...built] : built };
  });
  return { steps };
}

const reasonOf = (edge: EdgeState): string => edge.properties["reason"] as string;

/** The questions that teach a concept: the quickest first (those without an estimate last), then the easiest, then by id; not `except`. */
export const teachersOf = (view: GraphView, concept: NodeId, except?: NodeId): readonly Link<"Question">[] =>
  view
    .remember(
      `teachers of ${concept}`,
      (whole) => findTeachers(whole, concept),
      (teachers) => 24 + 56 * teachers.length,
    )
    .filter(({ node }) => node.id !== except);

function findTeachers(view: GraphView, concept: NodeId): Link<"Question">[] {
  return view
    .links(concept, "Concept.questions")
    .filter(({ edge }) => edge.properties["emphasis"] === "TEACHES")
    .map(({ other, edge }) => ({ node: nodeAt<"Question">(view, other), properties: edge.properties }))
    .sort((a, b) => compareEffort(a.node, b.node) || compareText(a.node.id, b.node.id));
}

const difficulties = nodeKinds.Question.fields.difficulty.type as { readonly values: Readonly<Record<string, string>> };

function compareEffort(a: GraphNode<"Question">, b: GraphNode<"Question">): number {
  const [own, other] = [a, b].map(({ estimatedMinutes }) => estimatedMinutes ?? Infinity) as [number, number];
  if (own !== other) return own - other;
  return enumRank(difficulties.values, a.difficulty) - enumRank(difficulties.values, b.difficulty);
}

interface Readiness {
  /** Whether all that the question assumes is known; null where nobody said what is. */
  readonly ready: boolean | null;
  /** What is missing, in an order in which it can be learned; empty where nobody said what is known: nothing is blocked then. */
  readonly missing: LearningPlan;
}

/** What of that which a question assumes, or what that builds on, is not known. What the question teaches may be unknown. */
export function readiness(view: GraphView, question: NodeId, known: Known): Readiness {
  if (known === null) return { ready: null, missing: { steps: [] } };
  const assumed = new Map<NodeId, Need>();
  for (const { other, edge } of view.links(question, "Question.concepts"))
    if (edge.properties["emphasis"] === "ASSUMES")
      assumed.set(other, { node: nodeAt(view, question), reason: reasonOf(edge) });
  const missing = learningPlan(view, [...assumed.keys()], known, assumed);
  return { ready: missing.steps.length === 0, missing: { ...missing, before: question } };
}

/** Concepts that someone knows. Null: nobody said, which is not the same as none. */
export type Known = readonly NodeId[] | null;

/**
 * The concepts with all that is to be understood before them: who knows a concept is taken to know what it builds on, since
 * that is what a prerequisite says. Cycles, which no store accepts, do no harm.
 */
export function withPrerequisites(view: GraphView, concepts: readonly NodeId[]): ReadonlySet<NodeId> {
  const found = new Set(concepts);
  for (const concept of found) for (const { other } of view.links(concept, "Concept.prerequisites")) found.add(other);
  return found;
}

/**
 * The goals that are not known and what has to be understood before them and is not known either, in an order in which they
 * can be learned: each after its prerequisites, these by id and right before what needs them, the goals in the order given.
 * Where prerequisites run in a circle, one of them comes too early; which one depends on the graph alone.
 */
function inLearningOrder(view: GraphView, goals: readonly NodeId[], known: ReadonlySet<NodeId>): NodeId[] {
  const order: NodeId[] = [];
  const entered = new Set<NodeId>();
  const open: { readonly concept: NodeId; readonly before: readonly NodeId[]; next: number }[] = [];
  const enter = (concept: NodeId): void => {
    if (known.has(concept) || entered.has(concept)) return;
    entered.add(concept);
    open.push({ concept, before: view.links(concept, "Concept.prerequisites").map(({ other }) => other), next: 0 });
  };
  for (const goal of goals) {
    enter(goal);
    for (let top = open.at(-1); top; top = open.at(-1)) {
      const before = top.before[top.next++];
      if (before !== undefined) enter(before);
      else order.push((open.pop() as typeof top).concept);
    }
  }
  return order;
}
