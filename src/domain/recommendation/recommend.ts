import type { GraphView } from "../graph/graph-view";
import type { GraphNode } from "../graph/node";
import { compareText } from "../graph/order";
import type { NodeId } from "../ids";
import type { Steps } from "../pacer";
import { candidateQuestions } from "./candidates";
import { Diversity } from "./diversity";
import { Excluder } from "./filters";
import type { Recommendation, RecommendationContext } from "./recommendation";
import { amountsOf, explained, type ScoredQuestion, scoreOf } from "./score";
import { RecommendationQuery } from "./recommendation-query";
import { reasonsOf, type WhyNot } from "./why-not";
import type { WordIndex } from "./word-index";

/**
 * The questions to go on with: at most `first`, by descending score, ties by id. The score of each takes into account what
 * stands above it, so the order can be recomputed from the scores. None that was seen or that the context excludes; those
 * that assume what is not known say so.
 */
export const recommend = (
  view: GraphView,
  words: WordIndex,
  context: RecommendationContext,
  first: number,
): Steps<readonly Recommendation[]> =>
  words.unchanged(function* () {
    return (yield* varied(new RecommendationQuery(view, words, context), first)).found;
  });

/** The list, and what it repeats by now. */
function* varied(query: RecommendationQuery, first: number) {
  const diversity = new Diversity(query.view);
  const left = yield* ranked(query);
  const found: Recommendation[] = [];
  while (found.length < first && left.length > 0) {
    yield;
    const best = diversity.best(left);
    const { amounts, further } = diversity.repeats(best);
    found.push(explained(query, best.node, amounts, further));
    left.splice(left.indexOf(best), 1);
    diversity.add(best.node);
  }
  return { found, diversity };
}

/** Why a question is not in the list of the first so many, or not higher in it. The question must exist. */
export const whyNot = (
  view: GraphView,
  words: WordIndex,
  question: NodeId,
  context: RecommendationContext,
  first: number,
): Steps<WhyNot> => words.unchanged(() => compared(new RecommendationQuery(view, words, context), question, first));

function* compared(query: RecommendationQuery, question: NodeId, first: number): Steps<WhyNot> {
  const { view, context } = query;
  const { found, diversity } = yield* varied(query, first);
  const at = found.findIndex(({ node }) => node.id === question);
  if (at >= 0) {
    const recommendation = found[at] as Recommendation;
    const above = at === 0 ? null : (found[at - 1] as Recommendation);
    return { recommendation, rank: at + 1, compared: above, reasons: reasonsOf(recommendation, above, []) };
  }
  const { amounts, further } = diversity.repeats(scored(query, question));
  const recommendation = explained(query, view.node(question) as GraphNode<"Question">, amounts, further);
  const last = found.at(-1) ?? null;
  const excluded = new Excluder(view, context).reasons(recommendation.node);
  return { recommendation, rank: null, compared: last, reasons: reasonsOf(recommendation, last, excluded) };
}

/** The questions that are most like this one, whatever a person knows or has seen; by descending score, ties by id. */
export const similar = (
  view: GraphView,
  words: WordIndex,
  question: NodeId,
  first: number,
): Steps<readonly Recommendation[]> =>
  words.unchanged(function* () {
    const query = new RecommendationQuery(view, words, { after: question, seen: new Set() });
    const found: Recommendation[] = [];
    for (const { node, amounts } of (yield* ranked(query)).slice(0, first)) {
      yield;
      found.push(explained(query, node, amounts));
    }
    return found;
  });

/** All candidates by descending score, ties by id, as if each stood at the top. */
function* ranked(query: RecommendationQuery): Steps<ScoredQuestion[]> {
  yield;
  const excluder = new Excluder(query.view, query.context);
  const all: ScoredQuestion[] = [];
  for (const id of yield* candidateQuestions(query, (question) => excluder.allows(question))) {
    yield;
    all.push(scored(query, id));
  }
  return all.sort(compareScores);
}

function scored(query: RecommendationQuery, question: NodeId): ScoredQuestion {
  const node = query.view.node(question) as GraphNode<"Question">;
  const amounts = amountsOf(query, node);
  return { node, amounts, score: scoreOf(amounts) };
}

const compareScores = (a: ScoredQuestion, b: ScoredQuestion): number =>
  b.score - a.score || compareText(a.node.id, b.node.id);
