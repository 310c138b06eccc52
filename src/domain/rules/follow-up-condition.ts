import { linkPlace, type Rule } from "./finding";

export const followUpCondition: Rule = {
  code: "follow-up-condition",
  severity: "error",
  structural: false,
  description: "A follow-up for missed or met criteria names them; one that is always worth asking names none.",
  evaluate: (bank) =>
    bank.edges.flatMap((edge) => {
      if (edge.edge !== "FOLLOWED_BY") return [];
      const { criteria } = edge.properties;
      const when = edge.properties["when"] as string | undefined;
      const named = criteria !== undefined;
      if (when === undefined || (when === "ALWAYS") !== named) return [];
      const { node, path } = linkPlace(edge);
      const message = named
        ? "A follow-up that is ALWAYS worth asking names no criteria."
        : `A follow-up for ${when} criteria must name them.`;
      const hint = named ? "Drop the criteria, or say when: MISSING or MET." : "Add criteria: with their own slugs.";
      return [{ node, path: [...path, named ? "criteria" : "when"], message, hint }];
    }),
};
