import type { GraphView } from "../graph/graph-view";
import type { NodeId } from "../ids";

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
export function inLearningOrder(view: GraphView, goals: readonly NodeId[], known: ReadonlySet<NodeId>): NodeId[] {
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
