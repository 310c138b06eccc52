import { DomainError } from "../domain/errors";
import type { GraphView } from "../domain/graph/graph-view";
import type { GraphNode } from "../domain/graph/node";
import { paced, type Steps } from "../domain/pacer";
import { recommend, similar, whyNot } from "../domain/recommendation/recommend";
import type { Recommendation } from "../domain/recommendation/recommendation";
import type { WordIndex } from "../domain/recommendation/word-index";
import { idForms } from "./arguments/id-argument";
import { isGiven, readPageSize, requestedPageSize } from "./arguments/page-size";
import { type ContextInput, contextType, existing, readContext } from "./arguments/recommendation-context";
import type { GraphQLContext } from "./context";
import { type ArgumentSpec, declareQuery, type FieldSpec, ID, Int } from "./declare";
import { type PromiseOrValue, whenReady } from "./promise-or-value";
import { recommendationType, whyNotType } from "./types/recommendation-types";

const contextArgument: ArgumentSpec = {
  type: () => contextType,
  description: "What is known of the person; without it the most linked questions come first.",
};

const first: ArgumentSpec = {
  type: () => Int,
  defaultValue: 10,
  description: "How many questions to give at most, from 1 to 100; ten unless said.",
};

interface RecommendationArguments {
  readonly context?: ContextInput | null;
  readonly first: number;
}

/** A question of the list has its score explained, which counts for as much as an object. */
const own = 2;

/** What finding and scoring those that may come next takes, however many are asked for. */
const base = 500;

/** Answers from the graph and the words of its questions. */
const ranked = <T>(
  { snapshot }: GraphQLContext,
  answer: (view: GraphView, words: WordIndex) => Steps<T>,
): PromiseOrValue<T> =>
  whenReady(snapshot(), ({ view, indexes }) => whenReady(indexes(), ({ words }) => paced(answer(view, words))));

/** Thousands of IDs may be read before the questions are ranked. */
const next = (given: RecommendationArguments["context"], first: number) =>
  function* (view: GraphView, words: WordIndex): Steps<readonly Recommendation[]> {
    const read = readContext(view, given);
    yield;
    return yield* recommend(view, words, read, readPageSize("first", first));
  };

/** The fields of a question that lead to others like it and after it. */
export const questionFields: Readonly<Record<string, FieldSpec<GraphNode<"Question">>>> = {
  similar: {
    type: () => [recommendationType],
    description: "The questions most like this one, whoever asks, each with the terms that say so; best first.",
    args: { first },
    cost: { times: requestedPageSize, own, base },
    resolve: (node, args: RecommendationArguments, context) =>
      ranked(context, (view, words) => similar(view, words, node.id, readPageSize("first", args.first))),
  },
  recommended: {
    type: () => [recommendationType],
    description: "What to ask after this question: as nextQuestions with it as the context's after; best first.",
    args: { context: contextArgument, first },
    cost: { times: requestedPageSize, own, base },
    resolve: (node, args: RecommendationArguments, context) => {
      if (isGiven(args.context?.after))
        throw new DomainError(
          "INVALID_ARGUMENT",
          "after is the question itself here; nextQuestions takes another one.",
        );
      const given = { ...args.context, after: `${node.kind}:${node.slug}` };
      return ranked(context, next(given, args.first));
    },
  },
};

/** The questions to go on with, and why others are not among them. */
export class RecommendationQueries {}

declareQuery(RecommendationQueries, "nextQuestions", {
  type: () => [recommendationType],
  description:
    "The questions to go on with, varied in trade-offs and formats, each with the terms of its score; best first.",
  args: { context: contextArgument, first },
  cost: { times: requestedPageSize, own, base },
  resolve: (_root, args: RecommendationArguments, context) => ranked(context, next(args.context, args.first)),
});

declareQuery(RecommendationQueries, "whyNot", {
  type: () => whyNotType,
  description: "Why a question is not among the first so many of nextQuestions, or not higher up there.",
  args: {
    question: { type: () => ID, required: true, description: `The question that is asked about. ${idForms}` },
    context: contextArgument,
    first,
  },
  cost: { own, base },
  resolve: (_root, args: RecommendationArguments & { readonly question: string }, context) =>
    ranked(context, function* (view, words) {
      const question = existing(view, "question", args.question, ["Question"]);
      const read = readContext(view, args.context);
      yield;
      return yield* whyNot(view, words, question, read, readPageSize("first", args.first));
    }),
});
