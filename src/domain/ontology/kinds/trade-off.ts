import {
  decimal,
  enumeration,
  indexed,
  integer,
  line,
  listOf,
  nodeKind,
  objectOf,
  optional,
  prose,
  slugField,
  title,
} from "../field";
import { unitField } from "../units";

export const tradeOff = nodeKind({
  description: "A decision between options that no option wins on every quality, with the evidence for each.",
  plural: "tradeOffs",
  fields: {
    title: indexed(title("The decision's name, usually one option against another.")),
    statement: prose("What is gained and what is paid, in one or two sentences."),
    context: optional(prose("When the decision comes up and what is assumed about the system around it.")),
    regimes: optional(
      listOf(
        objectOf(
          "Regime",
          {
            slug: slugField("The regime's key within its trade-off; assessments refer to it."),
            title: title("The regime in words, such as batch size 1 or over 10 million vectors."),
          },
          "A range of conditions in which the ratings differ from those elsewhere.",
        ),
        8,
        "The ranges of conditions that change the answer; ratings may be given for each.",
      ),
    ),
  },
});

export const option = nodeKind({
  description: "One of the choices that a trade-off offers, realized by concepts or tools.",
  plural: "options",
  ownedBy: "TradeOff",
  fields: {
    title: title("The option's name, as one would say it when choosing it."),
    summary: prose("What choosing this option means in practice."),
  },
});

export const assessment = nodeKind({
  description: "How one option of a trade-off does on one quality, with a rating, a statement and its basis.",
  plural: "assessments",
  ownedBy: "TradeOff",
  fields: {
    rating: optional(
      integer(
        "Desirability among this trade-off's options: 2 clearly best to -2 disqualifying; absent if unknown.",
        -2,
        2,
      ),
    ),
    statement: prose("The rating's grounds in a sentence or two.", 800),
    regime: optional(slugField("The trade-off's regime for which this holds; absent if it holds in all.")),
    basis: enumeration(
      "AssessmentBasis",
      {
        MEASURED: "Rests on figures of this option and of a rival from one benchmark.",
        JUDGEMENT: "Rests on reasoning or experience; figures may still support it.",
      },
      "What the rating rests on, as its author says.",
    ),
  },
});

export const flipCondition = nodeKind({
  description: "A point at which the better option changes: one side of it favors one, the other side another.",
  plural: "flipConditions",
  ownedBy: "TradeOff",
  fields: {
    condition: prose("What has to happen for the choice to flip, in one sentence.", 500),
    explanation: prose("Why the better option changes there, and how sharp the point is."),
    variable: optional(line("The quantity that moves, such as number of vectors or batch size.", 120)),
    threshold: optional(decimal("The value of the variable near which the choice flips, in the given unit.")),
    unit: optional(unitField("The threshold's unit, from the bank's table of units.")),
  },
});
