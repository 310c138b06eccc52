import type { GraphView } from "../graph/graph-view";
import type { GraphNode } from "../graph/node";
import { byId } from "../graph/order";
import type { NodeId } from "../ids";
import { subtree } from "./filters";
import { authoredLinks, questionLists } from "./links-to-questions";
import type { Sought } from "./sought";

/** How many links are walked for candidates, and how many questions are scored. What a question scores does not depend on it. */
const linkBudget = 2_000;
const furtherBudget = 3_000;
const mostCandidates = 600;

/**
 * Questions worth scoring, without those that `allows` refuses: each that an author linked, then those that share what few
 * questions have. Hubs come last, and only as far as the budget goes. Where a context leaves few of these, or says too little
 * to begin with, questions of its topic and role and the most linked of the bank follow.
 */
export function candidates(sought: Sought, allows: (question: GraphNode<"Question">) => boolean): NodeId[] {
  const { view, profile, context } = sought;
  const seen = new Set<NodeId>();
  const found: NodeId[] = [];
  let budget = linkBudget;
  const take = (id: NodeId): void => {
    if (found.length >= mostCandidates || seen.has(id)) return;
    seen.add(id);
    if (allows(view.node(id) as GraphNode<"Question">)) found.push(id);
  };
  const takeFrom = (id: NodeId): void => {
    for (const list of questionLists(view, id))
      for (let at = 0; at < list.length && budget > 0 && found.length < mostCandidates; at++, budget--)
        take(list[at]!.other);
  };
  for (const id of profile.own.keys()) take(id);
  for (const id of sought.sources()) takeFrom(id);
  if (found.length >= enough) return found;
  budget = furtherBudget;
  if (context.topic !== undefined) for (const id of subtree(view, context.topic)) takeFrom(id);
  if (context.role !== undefined) takeFrom(context.role);
  for (const id of mostLinked(view).slice(0, furtherBudget)) if (found.length < enough) take(id);
  return found;
}

/** As many as a page may hold, and some to choose among. */
const enough = 200;

/** The questions that authors linked most, ties by id; found once a revision, in one pass without sorting all of them. */
function mostLinked(view: GraphView): readonly NodeId[] {
  return view.remember("questions by links", () => {
    const all = view.nodesInOrder("Question", byId);
    const byCount: NodeId[][] = [];
    for (let at = 0; at < all.length; at++) {
      const { id } = all.at(at);
      const links = authoredLinks(view, id);
      (byCount[links] ??= []).push(id);
    }
    return byCount.reverse().flat();
  });
}
