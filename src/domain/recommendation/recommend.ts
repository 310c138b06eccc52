import type { GraphView } from "../graph/graph-view";
import type { GraphNode } from "../graph/node";
import { compareText } from "../graph/order";
import type { NodeId } from "../ids";
import { candidates } from "./candidates";
import { Diversity } from "./diversity";
import { excluder } from "./filters";
import type { Recommendation, RecommendationContext } from "./recommendation";
import { amountsOf, explained, type Scored, scoreOf } from "./score";
import { Sought } from "./sought";
import type { WordIndex } from "./word-index";

/** How many of the best are looked at again for variety, at least. */
const shortList = 200;

/**
 * The questions to go on with: at most `first`, by descending score, ties by id. The score of each takes into account what
 * stands above it, so the order can be recomputed from the scores. None that was seen or that the context excludes; those
 * that assume what is not known say so.
 */
export function recommend(
  view: GraphView,
  words: WordIndex,
  context: RecommendationContext,
  first: number,
): Recommendation[] {
  const sought = new Sought(view, words, context);
  const diversity = new Diversity(view);
  const left = ranked(sought).slice(0, Math.max(shortList, 4 * first));
  const found: Recommendation[] = [];
  while (found.length < first && left.length > 0) {
    const best = diversity.best(left);
    const { amounts, further } = diversity.repeats(best);
    found.push(explained(sought, best.node, amounts, further));
    left.splice(left.indexOf(best), 1);
    diversity.add(best.node);
  }
  return found;
}

/** The questions that are most like this one, whatever a person knows or has seen; by descending score, ties by id. */
export function similar(view: GraphView, words: WordIndex, question: NodeId, first: number): Recommendation[] {
  const sought = new Sought(view, words, { after: question, seen: new Set() });
  return ranked(sought)
    .slice(0, first)
    .map(({ node, amounts }) => explained(sought, node, amounts));
}

/** All candidates by descending score, ties by id, as if each stood at the top. */
function ranked(sought: Sought): Scored[] {
  const excludes = excluder(sought.view, sought.context);
  return candidates(sought, (question) => excludes(question).length === 0)
    .map((id): Scored => {
      const node = sought.view.node(id) as GraphNode<"Question">;
      const amounts = amountsOf(sought, node);
      return { node, amounts, score: scoreOf(amounts) };
    })
    .sort(compareScores);
}

const compareScores = (a: Scored, b: Scored): number => b.score - a.score || compareText(a.node.id, b.node.id);
