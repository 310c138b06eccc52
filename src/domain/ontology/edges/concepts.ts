import { edgeKind } from "../edge-kind";
import { line, optional } from "../field";
import { reason } from "./questions";

export const PREREQUISITE_OF = edgeKind({
  description: "One concept has to be understood before another.",
  from: ["Concept"],
  to: ["Concept"],
  properties: { reason: reason("What in the second concept needs the first.") },
  acyclic: true,
  file: "to",
  forward: { name: "unlocks", typical: 5, description: "Concepts that become understandable once this one is known." },
  reverse: {
    name: "prerequisites",
    max: 12,
    typical: 2,
    description: "Concepts to understand first, each with the reason.",
  },
});

export const IMPLEMENTS = edgeKind({
  description: "A tool implements a concept, so that one can use it instead of building it.",
  from: ["Tool"],
  to: ["Concept"],
  properties: { reason: reason("How, or under which name, the tool implements it.") },
  file: "from",
  forward: {
    name: "implements",
    max: 16,
    typical: 4,
    usual: [1],
    description: "Concepts that the tool puts to work, and how.",
  },
  reverse: { name: "tools", typical: 5, description: "Tools that implement this concept." },
});

export const CITES = edgeKind({
  description: "An answer or a concept's explanation rests on a document.",
  from: ["ModelAnswer", "Concept"],
  to: ["Source"],
  properties: { locator: optional(line("The place in the document: a section, table or page.")) },
  file: "from",
  forward: { name: "sources", max: 12, typical: 2, description: "Documents that the statements rest on." },
  reverse: {
    name: { ModelAnswer: "citedByAnswers", Concept: "citedByConcepts" },
    typical: 5,
    description: "What rests on this document.",
  },
});

export const MENTIONS = edgeKind({
  description: "A text links to a concept, a tool or a measurement inline; computed from the texts.",
  from: [
    "Topic",
    "Role",
    "Question",
    "Criterion",
    "ModelAnswer",
    "TradeOff",
    "Option",
    "Quality",
    "Assessment",
    "FlipCondition",
    "Concept",
    "Tool",
    "Benchmark",
  ],
  to: ["Concept", "Tool", "Measurement"],
  properties: {},
  file: "computed",
  forward: { name: "mentions", typical: 5, description: "What the texts link to inline." },
  reverse: { name: "mentionedBy", typical: 5, description: "Nodes whose texts link here inline." },
});
