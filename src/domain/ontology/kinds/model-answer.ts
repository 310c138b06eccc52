import { enumeration, longText, prose, spoiler } from "../field";
import { nodeKind } from "../node-kind";

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
