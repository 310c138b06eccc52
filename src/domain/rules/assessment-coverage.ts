import type { NodeState } from "../changes/change-set";
import type { NodeId } from "../ids";
import type { BankView } from "./bank-view";
import type { Breach, Rule } from "./finding";

/** An option is assessed on a quality once for all regimes, or in each regime of the trade-off. */
export const assessmentCoverage: Rule = {
  code: "assessment-coverage",
  severity: "error",
  structural: false,
  description: "Every option of a trade-off is assessed on every quality that the trade-off names, and on no other.",
  evaluate: (bank) =>
    bank.ofKind("TradeOff").flatMap((tradeOff) => {
      const qualities = bank.links(tradeOff.id, "TradeOff.qualities").map(({ other }) => other);
      return bank
        .links(tradeOff.id, "TradeOff.options")
        .flatMap(({ other: option }) => [
          ...gaps(bank, tradeOff, option, qualities),
          ...strays(bank, tradeOff, option, qualities),
        ]);
    }),
};

function gaps(bank: BankView, tradeOff: NodeState, option: NodeId, qualities: readonly NodeId[]): Breach[] {
  const regimes = ((tradeOff.fields["regimes"] ?? []) as { slug: string }[]).map(({ slug }) => slug);
  return qualities.flatMap((quality) => {
    const covered = assessmentsOn(bank, option, quality).map((assessment) => assessment.fields["regime"]);
    if (covered.includes(undefined)) return [];
    const missing = regimes.filter((regime) => !covered.includes(regime));
    if (covered.length > 0 && missing.length === 0) return [];
    const where = covered.length > 0 ? ` in the regime ${missing.join(" and ")}` : "";
    const message = `${ownName(option)} is not assessed on ${ownName(quality)}${where}.`;
    const hint = "Add an assessment; leave its rating out if it is unknown.";
    return [{ node: option, path: ["assessments"], message, hint }];
  });
}

function strays(bank: BankView, tradeOff: NodeState, option: NodeId, qualities: readonly NodeId[]): Breach[] {
  return bank.links(option, "Option.assessments").flatMap(({ other: assessment }) =>
    bank.links(assessment, "Assessment.quality").flatMap(({ other: quality }) => {
      if (qualities.includes(quality)) return [];
      const message = `${ownName(quality)} is none of the qualities of ${tradeOff.slug}.`;
      return [
        { node: assessment, path: ["quality"], message, hint: "Add it to the trade-off's qualities, or drop this." },
      ];
    }),
  );
}

const assessmentsOn = (bank: BankView, option: NodeId, quality: NodeId): NodeState[] =>
  bank
    .links(option, "Option.assessments")
    .filter(({ other }) => bank.links(other, "Assessment.quality").some((link) => link.other === quality))
    .flatMap(({ other }) => bank.nodes.get(other) ?? []);

const ownName = (id: NodeId): string => id.slice(Math.max(id.indexOf(":"), id.indexOf("/")) + 1);
