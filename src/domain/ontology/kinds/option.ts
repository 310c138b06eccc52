import { prose, title } from "../field";
import { nodeKind } from "../node-kind";

export const option = nodeKind({
  description: "One of the choices that a trade-off offers, realized by concepts or tools.",
  plural: "options",
  ownedBy: "TradeOff",
  fields: {
    title: title("The option's name, as one would say it when choosing it."),
    summary: prose("What choosing this option means in practice."),
  },
});
