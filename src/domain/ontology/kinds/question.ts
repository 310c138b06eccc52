import { enumeration, indexed, integer, listOf, longText, nodeKind, optional, prose, spoiler, title } from "../field";

export const question = nodeKind({
  description: "An interview question about an engineering trade-off, with criteria, answers and follow-ups.",
  plural: "questions",
  fields: {
    title: indexed(title("A short name for lists and links; the prompt is what is asked.")),
    prompt: longText("The question as an interviewer would say it aloud, in Markdown."),
    format: indexed(
      enumeration(
        "QuestionFormat",
        {
          TECHNICAL: "Asks for an explanation, a comparison or a decision with its grounds.",
          SYSTEM_DESIGN: "Asks for the design of a system under stated loads and limits.",
          CODING: "Asks for code or an algorithm together with its complexity.",
          BEHAVIORAL: "Asks what the candidate did, or would do, among people.",
        },
        "What kind of conversation the question opens.",
      ),
    ),
    difficulty: indexed(
      enumeration(
        "Difficulty",
        {
          EASY: "Answerable from the basics by a junior engineer.",
          MEDIUM: "Needs working experience with the subject.",
          HARD: "Needs depth, or judgement across several subjects.",
        },
        "How much experience a good answer needs.",
      ),
    ),
    estimatedMinutes: optional(indexed(integer("How many minutes a candidate should be given to answer.", 1, 240))),
    practicedCount: optional(
      indexed(integer("How often the question was practiced, where a source states it.", 0, 1_000_000_000)),
    ),
    hints: optional(
      spoiler(listOf(prose("A nudge towards the answer."), 6, "Nudges for a stuck candidate, mildest first.")),
    ),
  },
});

export const criterion = nodeKind({
  description: "One thing a good answer must do, with its weight; interviewers judge answers by these.",
  plural: "criteria",
  ownedBy: "Question",
  fields: {
    statement: spoiler(prose("What the answer does when it meets this criterion, as a full sentence.", 500)),
    weight: spoiler(integer("How much the criterion counts against its question's others, from 1 to 5.", 1, 5)),
  },
});

export const modelAnswer = nodeKind({
  description: "A written answer to a question at one level of depth, mapped to the criteria that it meets.",
  plural: "modelAnswers",
  ownedBy: "Question",
  fields: {
    level: enumeration(
      "AnswerLevel",
      {
        CONCISE: "What to say in the first minute.",
        FULL: "A complete answer: decision rule, failure modes, what to measure.",
        EXPERT: "What only long experience with the subject adds.",
      },
      "How deep the answer goes.",
    ),
    summary: spoiler(prose("The answer's decision in one or two sentences.", 600)),
    body: spoiler(longText("The whole answer in Markdown, with inline links to measurements and concepts.")),
  },
});
