import { edgeKind } from "../edge-kind";

export const PART_OF = edgeKind({
  description: "A topic belongs under a broader one; topics form a tree.",
  from: ["Topic"],
  to: ["Topic"],
  properties: {},
  orderedBy: "to",
  acyclic: true,
  file: "to",
  forward: {
    name: "parent",
    one: true,
    typical: 1,
    description: "The broader topic; null for a topic at the top of the tree.",
  },
  reverse: {
    name: "subtopics",
    max: 40,
    typical: 10,
    description: "The narrower topics, in the order in which they are best studied.",
  },
});

export const COVERS = edgeKind({
  description: "A topic covers a question, at a chosen place in its order.",
  from: ["Topic"],
  to: ["Question"],
  properties: {},
  orderedBy: "from",
  file: "from",
  forward: { name: "questions", typical: 20, description: "Questions that the topic covers, in the author's order." },
  reverse: { name: "topics", max: 6, typical: 2, usual: [1, 3], description: "Topics that cover the question." },
});
