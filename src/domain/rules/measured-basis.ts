import type { GraphFacts } from "../graph/graph-view";
import type { NodeId } from "../ids";
import type { Rule } from "./finding";
import { citedFigure, isFigureOf } from "./option-figures";

export const measuredBasis: Rule = {
  code: "measured-basis",
  severity: "warning",
  structural: false,
  description:
    "An assessment that calls itself measured cites a figure of its option and one of a rival, of one benchmark and metric.",
  evaluate: (bank) =>
    bank.ofKind("Assessment").flatMap(({ id, fields }) => {
      if (fields["basis"] !== "MEASURED" || isMeasured(bank, id)) return [];
      const message =
        "The basis is MEASURED, but no figures of this option and of a rival from one benchmark and metric are cited.";
      const hint = "Cite both, link each measurement to what tells the options apart, or call it JUDGEMENT.";
      return [{ node: id, path: ["basis"], message, hint }];
    }),
};

/** Whether it cites a figure of its option and one of a rival, of one benchmark and metric. */
export function isMeasured(bank: GraphFacts, assessment: NodeId): boolean {
  const option = bank.links(assessment, "Assessment.option")[0]?.other;
  const tradeOff = option && bank.links(option, "Option.tradeOff")[0]?.other;
  if (!option || !tradeOff) return true;
  const rivals = bank.links(tradeOff, "TradeOff.options").flatMap(({ other }) => (other === option ? [] : [other]));
  const figures = bank.links(assessment, "Assessment.evidence").flatMap(({ other }) => citedFigure(bank, other) ?? []);
  return rivals.some((rival) =>
    figures.some(
      (own) =>
        isFigureOf(bank, own, option, rival) &&
        figures.some((their) => their.series === own.series && isFigureOf(bank, their, rival, option)),
    ),
  );
}
