import { type GraphView, nodeAt } from "../graph/graph-view";
import type { GraphNode, Link } from "../graph/node";
import type { NodeId } from "../ids";
import { type StaleFigure, staleFiguresOf } from "./stale-figures";

export interface ComparedAnswer {
  readonly answer: GraphNode<"ModelAnswer">;
  /** Criteria that it meets, with where, in the question's order. */
  readonly meets: readonly Link<"Criterion">[];
  readonly misses: readonly GraphNode<"Criterion">[];
  /** The weights of those that it meets, added up. */
  readonly weight: number;
  readonly stale: readonly StaleFigure[];
}

export interface AnswerComparison {
  readonly question: GraphNode<"Question">;
  readonly on: string;
  /** In the question's order. */
  readonly criteria: readonly GraphNode<"Criterion">[];
  readonly totalWeight: number;
  /** By id. */
  readonly answers: readonly ComparedAnswer[];
}

/** The model answers of a question against its criteria, as of a day. All of it gives answers away. */
export function compareAnswers(view: GraphView, id: NodeId, on: string): AnswerComparison {
  const criteria = view.links(id, "Question.criteria").map(({ other }) => nodeAt<"Criterion">(view, other));
  const answers = view.links(id, "Question.answers").map(({ other }): ComparedAnswer => {
    const where = new Map(view.links(other, "ModelAnswer.meets").map((link) => [link.other, link.edge.properties]));
    const meets = criteria.flatMap((node) => {
      const properties = where.get(node.id);
      return properties ? [{ node, properties }] : [];
    });
    return {
      answer: nodeAt(view, other),
      meets,
      misses: criteria.filter((each) => !where.has(each.id)),
      weight: weightOf(meets.map(({ node }) => node)),
      stale: staleFiguresOf(view, other, on),
    };
  });
  return { question: nodeAt(view, id), on, criteria, totalWeight: weightOf(criteria), answers };
}

const weightOf = (criteria: readonly GraphNode<"Criterion">[]): number =>
  criteria.reduce((total, { weight }) => total + weight, 0);
