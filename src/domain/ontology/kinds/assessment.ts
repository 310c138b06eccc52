import { enumeration, integer, optional, prose, slugField } from "../field";
import { nodeKind } from "../node-kind";

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
