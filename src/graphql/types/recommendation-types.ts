import { DomainError } from "../../domain/errors";
import { termKindNames, termKinds } from "../../domain/recommendation/policy";
import type { Recommendation, Term } from "../../domain/recommendation/recommendation";
import { type WhyNot, whyNotCodes, type WhyNotReason } from "../../domain/recommendation/why-not";
import { isGiven } from "../arguments/page-size";
import { declareField, declareObject, Float, Int } from "../declare";
import { enumType } from "./enum-types";
import { nodeTypes } from "./node-types";
import { hop } from "./path-types";

const typicalTerms = 8;
const typicalPaths = 2;
const typicalHops = 2;

interface FirstArgument {
  readonly first?: number | null;
}

function strongest<T>(all: readonly T[], first: number | null | undefined): readonly T[] {
  if (!isGiven(first)) return all;
  if (first < 1) throw new DomainError("INVALID_ARGUMENT", `first must be at least 1, but got: ${first}.`);
  return all.slice(0, first);
}

const termKindType = enumType(
  "TermKind",
  Object.fromEntries(termKindNames.map((kind) => [kind, termKinds[kind].description])),
  "What a question gains points for, or loses them, when questions are ranked.",
);

const path = declareObject(
  "TermPath",
  "One ground of a term: a way through the graph, or something the questions share.",
);

declareField(path, "value", { type: () => Float, description: "What this ground adds to the value of the term." });
declareField(path, "reason", {
  type: () => String,
  nullable: true,
  description: "What the two share, in words, for grounds that are no way through the graph.",
});

declareField(path, "hops", {
  type: () => [hop],
  description: "The links from the question before, or from the goal, to the recommended question.",
  cost: { times: typicalHops },
});

const term = declareObject(
  "RecommendationTerm",
  "One summand of a score: so much of something, at so many points for one.",
);

declareField(term, "kind", { type: () => termKindType, description: "What the points are for, or taken off for." });
declareField(term, "weight", { type: () => Int, description: "Points for a value of one, as the policy sets them." });
declareField(term, "value", { type: () => Float, description: "How much there is of it, to three decimals." });
declareField(term, "contribution", {
  type: () => Int,
  description: "Weight times value, rounded to whole points; contributions add up to the score.",
});

declareField<Term>(term, "paths", {
  type: () => [path],
  description: "Where the value comes from: the strongest grounds first, at most six of them.",
  args: { first: { type: () => Int, description: "Only so many of the strongest, at least 1." } },
  resolve: ({ paths }, { first }: FirstArgument) => strongest(paths, first),
  cost: { times: typicalPaths },
});

export const recommendationType = declareObject(
  "Recommendation",
  "A question, with a score that its terms add up to and the grounds of each term.",
);

declareField(recommendationType, "node", {
  type: () => nodeTypes.Question,
  description: "The question that is recommended.",
  cost: {},
});

declareField(recommendationType, "score", {
  type: () => Int,
  description: "The sum of the contributions, exactly; lists are ordered by it, ties by the ID Kind:first-slug.",
});

declareField<Recommendation>(recommendationType, "terms", {
  type: () => [term],
  description:
    "What the score is made of, the terms with the most points first, added or taken off; those of none are left out.",
  args: {
    first: { type: () => Int, description: "Only so many of the strongest, at least 1; all add up to the score." },
  },
  resolve: ({ terms }, { first }: FirstArgument) => strongest(terms, first),
  cost: { times: typicalTerms },
});

declareField(recommendationType, "blockedBy", {
  type: () => [nodeTypes.Concept],
  description: "Concepts that the question assumes and that are not known; empty if known was not given.",
  cost: { times: typicalPaths },
});

declareField(recommendationType, "policyVersion", {
  type: () => String,
  description: "Changes with the weights and rules by which scores are made.",
});

const codeType = enumType("WhyNotCode", whyNotCodes, "Why a question is not in a list, or not higher in it.");
const reason = declareObject("WhyNotReason", "One reason why a question is not in a list, or not higher in it.");
declareField<WhyNotReason>(reason, "code", { type: () => codeType, description: "The kind of reason, for programs." });
declareField<WhyNotReason>(reason, "message", {
  type: () => String,
  description: "The reason in a sentence, with the names and points that matter.",
});

export const whyNotType = declareObject(
  "WhyNot",
  "Why a question is not among the recommendations of a context, or not higher up.",
);

declareField<WhyNot>(whyNotType, "rank", {
  type: () => Int,
  nullable: true,
  description: "Its place in the list, from 1; null if it is not in the list.",
});

declareField<WhyNot>(whyNotType, "reasons", {
  type: () => [reason],
  description: "What keeps it from standing higher; empty only for the first of the list.",
  cost: { times: typicalPaths },
});

declareField<WhyNot>(whyNotType, "recommendation", {
  type: () => recommendationType,
  description: "The question with its terms, as it stands in the list or would stand as the next of it.",
  cost: {},
});

declareField<WhyNot>(whyNotType, "compared", {
  type: () => recommendationType,
  nullable: true,
  description: "The one above it in the list, or the last of a list that it is not in; null if there is none.",
  cost: {},
});
