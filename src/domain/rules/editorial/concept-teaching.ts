import type { Rule } from "../finding";
import { type CountRange, isWithin, rangeText } from "./usual-count";

const teachers: CountRange = [1, 8];

export const conceptTeaching: Rule = {
  code: "concept-teaching",
  severity: "warning",
  structural: false,
  description: "Each concept is taught by 1 to 8 questions.",
  evaluate: (bank) =>
    bank.ofKind("Concept").flatMap(({ id, slug }) => {
      const count = bank
        .links(id, "Concept.questions")
        .filter(({ edge }) => edge.properties["emphasis"] === "TEACHES").length;
      if (isWithin(count, teachers)) return [];
      const message = `Concept ${slug} is taught by ${count} questions; usual are ${rangeText(teachers)}.`;
      const hint =
        count === 0
          ? "Say emphasis: TEACHES in a question whose answer explains it, or drop the concept."
          : "Say ASSUMES where the answer can do without explaining it.";
      return [{ node: id, path: [], message, hint }];
    }),
};
