import { edgeKind } from "../edge-kind";
import { enumeration, flag, optional } from "../field";
import { reason } from "./questions";

const side = enumeration(
  "Side",
  {
    BEFORE: "On the near side of the point, before the choice flips.",
    AFTER: "On the far side, after the choice has flipped.",
  },
  "Which side of the flip it speaks of.",
);

export const OFFERS = edgeKind({
  description: "A trade-off offers an option.",
  from: ["TradeOff"],
  to: ["Option"],
  properties: {},
  orderedBy: "from",
  file: "from",
  nests: true,
  forward: { name: "options", max: 8, typical: 3, usual: [2, 6], description: "The choices, in the author's order." },
  reverse: {
    name: "tradeOff",
    one: true,
    required: true,
    typical: 1,
    description: "The trade-off that offers this option.",
  },
});

export const WEIGHED_ON = edgeKind({
  description: "A trade-off's options are weighed on a quality.",
  from: ["TradeOff"],
  to: ["Quality"],
  properties: {},
  orderedBy: "from",
  file: "from",
  forward: {
    name: "qualities",
    max: 10,
    typical: 5,
    usual: [3, 7],
    description: "Qualities on which every option is assessed, most decisive first.",
  },
  reverse: { name: "tradeOffs", typical: 10, description: "Trade-offs whose options are weighed on this quality." },
});

export const REALIZED_BY = edgeKind({
  description: "An option is put into practice by a concept or a tool.",
  from: ["Option"],
  to: ["Concept", "Tool"],
  properties: {},
  file: "from",
  forward: {
    name: { Concept: "concepts", Tool: "tools" },
    max: 8,
    typical: 2,
    description: "What puts the option into practice; a figure that measures one of these is a figure of the option.",
  },
  reverse: { name: "options", typical: 3, description: "Options of trade-offs that this puts into practice." },
});

export const ASSESSED_AS = edgeKind({
  description: "An option is assessed on one quality.",
  from: ["Option"],
  to: ["Assessment"],
  properties: {},
  file: "from",
  nests: true,
  forward: {
    name: "assessments",
    max: 40,
    typical: 5,
    description: "The option's assessments, one for each quality and regime.",
  },
  reverse: { name: "option", one: true, required: true, typical: 1, description: "The option that is assessed." },
});

export const ON = edgeKind({
  description: "An assessment or a flip condition speaks of a quality.",
  from: ["Assessment", "FlipCondition"],
  to: ["Quality"],
  properties: {},
  file: "from",
  forward: { name: "quality", one: true, required: true, typical: 1, description: "The quality that this speaks of." },
  reverse: {
    name: { Assessment: "assessments", FlipCondition: "flipConditions" },
    typical: 20,
    description: "Where options are assessed on this quality, or change places on it.",
  },
});

export const EVIDENCED_BY = edgeKind({
  description: "A statement is supported, or contradicted, by a measurement.",
  from: ["Assessment", "FlipCondition", "ModelAnswer"],
  to: ["Measurement"],
  properties: {
    reason: reason("What the figure shows about the statement."),
    supports: flag("Whether the figure speaks for the statement; false when it speaks against it."),
    side: optional(side),
  },
  file: "from",
  forward: {
    name: "evidence",
    max: 24,
    typical: 3,
    description: "Measurements that speak for or against the statement, each with the reason.",
  },
  reverse: {
    name: { Assessment: "citedByAssessments", FlipCondition: "citedByFlipConditions", ModelAnswer: "citedByAnswers" },
    typical: 3,
    description: "Statements that cite this measurement.",
  },
});

export const FLIPS = edgeKind({
  description: "A trade-off flips at a condition.",
  from: ["TradeOff"],
  to: ["FlipCondition"],
  properties: {},
  file: "from",
  nests: true,
  forward: { name: "flipConditions", max: 12, typical: 2, description: "Points at which the better option changes." },
  reverse: {
    name: "tradeOff",
    one: true,
    required: true,
    typical: 1,
    description: "The trade-off whose better option changes here.",
  },
});

export const FAVORS = edgeKind({
  description: "A flip condition favors an option on one of its sides.",
  from: ["FlipCondition"],
  to: ["Option"],
  properties: { side },
  file: "from",
  within: true,
  forward: { name: "favors", max: 4, typical: 2, description: "The option that is better on each side." },
  reverse: {
    name: "favoredBy",
    max: 24,
    typical: 2,
    description: "Flip conditions that favor this option on one side.",
  },
});
