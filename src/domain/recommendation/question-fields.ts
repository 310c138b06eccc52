import type { GraphNode } from "../graph/node";

export type QuestionFormat = GraphNode<"Question">["format"];
export type Difficulty = GraphNode<"Question">["difficulty"];
