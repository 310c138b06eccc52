import type { GraphNode } from "../graph/node";
import type { Hop } from "../graph/paths/path";
import type { NodeId } from "../ids";
import type { TermKind } from "./policy";

/** What is known of a person who looks for the next question. */
export interface RecommendationContext {
  /** The question just answered. */
  readonly after?: NodeId;
  /** Never recommended. Ids of nodes that do not exist are passed over. */
  readonly seen: ReadonlySet<NodeId>;
  /** Concepts; none given means that nothing is known about what is known, so that nothing is blocked. */
  readonly known?: ReadonlySet<NodeId>;
  /** Criteria of `after`; both absent if the answer was not judged. */
  readonly missed?: ReadonlySet<NodeId>;
  readonly met?: ReadonlySet<NodeId>;
  /** A concept, a trade-off or a question. */
  readonly goal?: NodeId;
  readonly role?: NodeId;
  /** Holds for its subtopics as well. */
  readonly topic?: NodeId;
  readonly formats?: readonly QuestionFormat[];
  readonly difficulty?: readonly Difficulty[];
  /** Questions known to take longer are left out. */
  readonly minutes?: number;
}

/** One ground of a term. */
export interface TermPath {
  /** What it adds to the term's value, rounded as that. */
  readonly value: number;
  /** For what is no walk in the graph. */
  readonly reason?: string;
  /** From the question before, or the goal, to the recommended one. */
  readonly hops: readonly Hop[];
}

export interface Term {
  readonly kind: TermKind;
  readonly weight: number;
  /** At most the kind's cap; rounded to thousandths. */
  readonly value: number;
  /** `Math.round(weight * value)`. */
  readonly contribution: number;
  /** The strongest ones, strongest first. */
  readonly paths: readonly TermPath[];
}

export interface Recommendation {
  readonly node: GraphNode<"Question">;
  /** The sum of the terms' contributions, exactly: they are whole numbers. */
  readonly score: number;
  /** Those that contribute something: the most points first, added or taken off; ties in the order of the policy's kinds. */
  readonly terms: readonly Term[];
  /** Concepts that the question assumes and that are not known, by id; none if `known` was not given. */
  readonly blockedBy: readonly GraphNode<"Concept">[];
  readonly policyVersion: string;
}

export type QuestionFormat = GraphNode<"Question">["format"];
export type Difficulty = GraphNode<"Question">["difficulty"];
