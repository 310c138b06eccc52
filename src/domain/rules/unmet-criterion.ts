import type { Rule } from "./finding";

export const unmetCriterion: Rule = {
  code: "unmet-criterion",
  severity: "warning",
  structural: false,
  description: "Every criterion is met by at least one of its question's answers.",
  evaluate: (bank) =>
    bank
      .ofKind("Criterion")
      .filter(({ id }) => bank.links(id, "Criterion.metBy").length === 0)
      .map(({ id, slug }) => ({
        node: id,
        path: [],
        message: `No answer meets ${JSON.stringify(slug.slice(slug.indexOf("/") + 1))}.`,
        hint: "List it under an answer's meets, or drop it.",
      })),
};
