import type { GraphView } from "../graph/graph-view";
import type { GraphNode } from "../graph/node";
import { byId } from "../graph/order";
import type { NodeId } from "../ids";
import type { Steps } from "../pacer";
import { subtree } from "./filters";
import { authoredLinks, questionLists } from "./links-to-questions";
import { termKinds } from "./policy";
import type { Gain } from "./profile";
import type { RecommendationQuery } from "./recommendation-query";

/** How many links are walked for candidates, and how many questions are scored. What one scores does not depend on it. */
const linkBudget = 1_500;
const furtherBudget = 3_000;
const maxCandidates = 240;

/**
 * Questions worth scoring, without those that `allows` refuses. Walking what the profile says, rare things first and hubs as
 * far as the budget goes, gives each question a part of its score; those with the largest part are taken. Where a context
 * leaves few of these, or says too little to begin with, questions of its topic, or else its role, and the most linked ones follow.
 */
export function* candidateQuestions(
  query: RecommendationQuery,
  allows: (question: GraphNode<"Question">) => boolean,
): Steps<readonly NodeId[]> {
  const { view, profile, context } = query;
  const points = new Map<NodeId, number>();
  const tested = new Map<NodeId, boolean>();
  const isAllowed = (id: NodeId): boolean => {
    let is = tested.get(id);
    if (is === undefined) tested.set(id, (is = allows(view.node(id) as GraphNode<"Question">)));
    return is;
  };
  let budget = linkBudget;
  const give = (id: NodeId, more: number): void => void points.set(id, (points.get(id) ?? 0) + more);
  const giveAll = (id: NodeId, more: number): void => {
    for (const list of questionLists(view, id))
      for (let at = 0; at < list.length && budget > 0; at++, budget--) give(list[at]!.other, more);
  };
  for (const [id, gains] of profile.own) give(id, pointsIn(gains));
  for (const id of query.sources()) giveAll(id, pointsIn(profile.byLink.get(id) as Gain[]));
  yield;
  let found = best(points, isAllowed);
  yield;
  let isWhole = false;
  const { topic, role } = context;
  if (found.length < enough && (topic !== undefined || role !== undefined)) {
    budget = furtherBudget;
    for (const id of topic !== undefined ? subtree(view, topic) : [role as NodeId]) giveAll(id, 0);
    // Then no other question is of the topic, or else the role.
    isWhole = budget > 0;
    yield;
    found = best(points, isAllowed);
  }
  if (found.length < enough && !isWhole) {
    yield;
    for (const id of mostLinked(view)) give(id, 0);
    yield;
    found = best(points, isAllowed);
  }
  return found;
}

/** Those that are allowed, by points, ties as they came; at most as many as are scored. */
function best(points: ReadonlyMap<NodeId, number>, isAllowed: (id: NodeId) => boolean): NodeId[] {
  const found: NodeId[] = [];
  for (const [id] of [...points].sort(([, x], [, y]) => y - x)) {
    if (found.length === maxCandidates) break;
    if (isAllowed(id)) found.push(id);
  }
  return found;
}

const pointsIn = (gains: readonly Pick<Gain, "kind" | "amount">[]): number =>
  gains.reduce((sum, { kind, amount }) => sum + termKinds[kind].weight * amount, 0);

/** More than a page may hold. */
const enough = 120;

/** The questions that authors linked most, ties by id; found once a revision, in one pass without sorting all of them. */
function mostLinked(view: GraphView): readonly NodeId[] {
  return view.remember("questions by links", (whole) => {
    const all = whole.nodesInOrder("Question", byId);
    const byCount: NodeId[][] = [];
    for (let at = 0; at < all.length; at++) {
      const { id } = all.at(at);
      const links = authoredLinks(whole, id);
      (byCount[links] ??= []).push(id);
    }
    return byCount.reverse().flat().slice(0, furtherBudget);
  });
}
