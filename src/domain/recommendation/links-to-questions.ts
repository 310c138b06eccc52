import type { GraphView } from "../graph/graph-view";
import { byId } from "../graph/order";
import { kindOf, type NodeId } from "../ids";
import type { NodeKind } from "../ontology/node-kinds";
import type { RelationName } from "../ontology/relations";

/** By what questions are linked with others, and with each other, as far as similarity goes. */
export const linksOfQuestions = [
  "Question.concepts",
  "Question.tradeOffs",
  "Question.tools",
  "Question.topics",
  "Question.roles",
] as const satisfies readonly RelationName[];

/** The links that authors make between questions. */
export const linksBetweenQuestions = [
  "Question.followUps",
  "Question.precededBy",
  "Question.related",
] as const satisfies readonly RelationName[];

/** From a node to the questions that are linked with it. */
const back: { readonly [K in NodeKind]?: readonly RelationName[] } = {
  Concept: ["Concept.questions"],
  TradeOff: ["TradeOff.questions"],
  Tool: ["Tool.questions"],
  Topic: ["Topic.questions"],
  Role: ["Role.questions"],
  Question: linksBetweenQuestions,
};

export const questionLists = (view: GraphView, id: NodeId) =>
  (back[kindOf(id)] ?? []).map((relation) => view.links(id, relation));

/** How many links lead from the node to questions. */
export const questionLinks = (view: GraphView, id: NodeId): number =>
  questionLists(view, id).reduce((sum, list) => sum + list.length, 0);

export const questionCount = (view: GraphView): number => view.nodesInOrder("Question", byId).length;

/** How many questions authors made lead to this one, or related with it. */
export const authoredLinks = (view: GraphView, question: NodeId): number =>
  view.links(question, "Question.precededBy").length + view.links(question, "Question.related").length;

/** How much it says that two questions share the node: the logarithm of one over the share of questions that have it. */
export const rarity = (view: GraphView, id: NodeId): number =>
  Math.max(0, Math.log((questionCount(view) + 1) / Math.max(1, questionLinks(view, id))));
