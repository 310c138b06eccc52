import { freshness } from "../../comparison/stale-figures";
import type { Rule } from "../finding";

export const staleFigures: Rule = {
  code: "stale-figures",
  severity: "note",
  structural: false,
  description: "The figures of a benchmark are looked at again when the time is over for which they stay fresh.",
  evaluate: (bank, { today }) =>
    bank.ofKind("Benchmark").flatMap(({ id }) => {
      const until = freshness(bank, id)?.until;
      if (until === undefined || today <= until) return [];
      const message = `The figures were to stay fresh until ${until}.`;
      const hint = "Look for newer ones, or make staleAfter longer and say why they still hold.";
      return [{ node: id, path: ["staleAfter"], message, hint }];
    }),
};
