import { decimal, line, optional, prose } from "../field";
import { nodeKind } from "../node-kind";
import { unitField } from "../units";

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
