import { didYouMean, nearNames } from "../near-names";
import { headingsIn } from "../prose";
import { linkPlace, type Rule } from "./finding";

export const headingOfAnswer: Rule = {
  code: "heading-of-answer",
  severity: "error",
  structural: false,
  description: "Where an answer says under which heading it meets a criterion, it has that heading.",
  evaluate: (bank) =>
    bank.edges.flatMap((edge) => {
      const where = edge.edge === "MEETS" ? (edge.properties["where"] as string | undefined) : undefined;
      const body = bank.nodes.get(edge.from)?.texts["body"];
      if (where === undefined || body === undefined) return [];
      const known = headingsIn(bank.prose(body));
      if (known.includes(where)) return [];
      const { node, path } = linkPlace(edge);
      const hint =
        didYouMean(nearNames(where, known)).trim() ||
        (known.length > 0 ? `Its headings: ${known.join(", ")}.` : "It has no headings; leave where out.");
      return [{ node, path: [...path, "where"], message: `The answer has no heading ${JSON.stringify(where)}.`, hint }];
    }),
};
