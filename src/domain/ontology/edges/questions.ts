import { edgeKind } from "../edge-kind";
import { enumeration, listOf, line, optional, prose, reference, spoiler } from "../field";

export const reason = (description: string) => prose(description, 600);

export const ASKED_OF = edgeKind({
  description: "A question is asked of candidates for a role.",
  from: ["Question"],
  to: ["Role"],
  properties: {},
  file: "from",
  forward: {
    name: "roles",
    max: 8,
    typical: 3,
    usual: [1, 4],
    description: "Roles whose candidates are asked this question.",
  },
  reverse: { name: "questions", typical: 20, description: "Questions asked of candidates for this role." },
});

export const ABOUT = edgeKind({
  description: "A question assumes or teaches a concept.",
  from: ["Question"],
  to: ["Concept"],
  properties: {
    reason: reason("Why the concept matters to this question; it says why to ask, never what to answer."),
    emphasis: enumeration(
      "Emphasis",
      { ASSUMES: "The candidate should know it first.", TEACHES: "The answer explains it." },
      "Whether the concept is needed beforehand or learned from the answer.",
    ),
  },
  file: "from",
  forward: {
    name: "concepts",
    max: 12,
    typical: 4,
    usual: [2, 6],
    description: "Concepts that the question assumes or teaches, each with the reason.",
  },
  reverse: {
    name: "questions",
    typical: 20,
    usual: [1, 40],
    description: "Questions that assume or teach this concept.",
  },
});

export const USES = edgeKind({
  description: "A question turns on a tool, or its answer uses one.",
  from: ["Question"],
  to: ["Tool"],
  properties: { reason: reason("What the tool is needed for in this question.") },
  file: "from",
  forward: {
    name: "tools",
    max: 12,
    typical: 3,
    description: "Tools that the question or its answer uses, each with the reason.",
  },
  reverse: { name: "questions", typical: 20, description: "Questions that turn on this tool." },
});

export const WEIGHS = edgeKind({
  description: "A question asks the candidate to weigh a trade-off.",
  from: ["Question"],
  to: ["TradeOff"],
  properties: { reason: reason("Why this trade-off is at stake in the question.") },
  file: "from",
  forward: {
    name: "tradeOffs",
    max: 6,
    typical: 2,
    usual: [1, 3],
    description: "Trade-offs that the question makes the candidate weigh.",
  },
  reverse: { name: "questions", typical: 20, usual: [3], description: "Questions in which this trade-off is weighed." },
});

export const ANSWERED_BY = edgeKind({
  description: "A question has a model answer.",
  from: ["Question"],
  to: ["ModelAnswer"],
  properties: {},
  file: "from",
  nests: true,
  spoiler: true,
  forward: {
    name: "answers",
    max: 6,
    typical: 2,
    description: "Model answers at different depths; a client shows them after an attempt.",
  },
  reverse: { name: "question", one: true, required: true, typical: 1, description: "The question that this answers." },
});

export const JUDGED_BY = edgeKind({
  description: "A question's answers are judged by a criterion.",
  from: ["Question"],
  to: ["Criterion"],
  properties: {},
  orderedBy: "from",
  file: "from",
  nests: true,
  spoiler: true,
  forward: {
    name: "criteria",
    max: 12,
    typical: 6,
    usual: [4, 8],
    description: "What a good answer must do, in the order in which it is usually reached.",
  },
  reverse: {
    name: "question",
    one: true,
    required: true,
    typical: 1,
    description: "The question whose answers are judged by this.",
  },
});

export const MEETS = edgeKind({
  description: "A model answer meets a criterion of its question.",
  from: ["ModelAnswer"],
  to: ["Criterion"],
  properties: { where: optional(line("The heading of the answer under which it does so.", 200)) },
  file: "from",
  within: true,
  spoiler: true,
  forward: {
    name: "meets",
    max: 12,
    typical: 5,
    description: "Criteria that the answer meets, with the heading where it does.",
  },
  reverse: { name: "metBy", max: 6, typical: 2, description: "Model answers that meet this criterion." },
});

export const FOLLOWED_BY = edgeKind({
  description: "A question leads on to another, always or when a criterion was missed or met.",
  from: ["Question"],
  to: ["Question"],
  properties: {
    reason: reason("Why the next question is worth asking after this one."),
    ask: optional(prose("The bridge between the two, as the interviewer says it aloud.", 600)),
    when: enumeration(
      "FollowUpCondition",
      {
        ALWAYS: "Worth asking whatever the answer was.",
        MISSING: "Worth asking when the named criteria were missed.",
        MET: "Worth asking when the named criteria were met.",
      },
      "When the follow-up is worth asking.",
    ),
    criteria: optional(
      spoiler(
        listOf(
          reference("Criterion", "A criterion of the first question."),
          6,
          "The first question's criteria that the condition is about.",
        ),
      ),
    ),
  },
  orderedBy: "from",
  file: "from",
  forward: {
    name: "followUps",
    max: 12,
    typical: 3,
    usual: [2, 5],
    description: "Questions to ask next, with the reason, the bridge and the condition.",
  },
  reverse: { name: "precededBy", typical: 5, description: "Questions that lead on to this one." },
});

export const RELATED_TO = edgeKind({
  description: "Two questions, or two concepts, bear on each other without either coming first.",
  from: ["Question", "Concept"],
  to: ["Question", "Concept"],
  properties: { reason: reason("What connects the two.") },
  undirected: true,
  file: "from",
  forward: {
    name: "related",
    max: 12,
    typical: 3,
    description: "Others that bear on the same matter, with what connects them.",
  },
  reverse: {
    name: "related",
    max: 12,
    typical: 3,
    description: "Others that bear on the same matter, with what connects them.",
  },
});
