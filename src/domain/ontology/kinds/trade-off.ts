import { indexed, listOf, objectOf, optional, prose, slugField, title } from "../field";
import { nodeKind } from "../node-kind";

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
