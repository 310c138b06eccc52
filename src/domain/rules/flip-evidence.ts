import type { NodeId } from "../ids";
import { units, type UnitCode } from "../ontology/units";
import type { BankView } from "./bank-view";
import type { Rule } from "./finding";
import { advantage, citedFigure, type CitedFigure, isFigureOf } from "./option-figures";

type Side = "BEFORE" | "AFTER";

export const flipEvidence: Rule = {
  code: "flip-evidence",
  severity: "warning",
  structural: false,
  description:
    "A flip condition favors one option before and another after, and figures that it cites show the order reversing.",
  evaluate: (bank) =>
    bank.ofKind("FlipCondition").flatMap(({ id }) => {
      const before = favored(bank, id, "BEFORE");
      const after = favored(bank, id, "AFTER");
      if (before.length !== 1 || after.length !== 1 || before[0] === after[0]) {
        const hint = "Name one option with side: BEFORE and another with side: AFTER.";
        return [
          { node: id, path: ["favors"], message: "A flip condition must favor two options, one on each side.", hint },
        ];
      }
      if (bank.links(id, "FlipCondition.evidence").length === 0) return [];
      if (reverses(bank, id, before[0] as NodeId, after[0] as NodeId)) return [];
      const message =
        "The cited figures do not show the better option changing: on each side, one benchmark and metric must have figures of both.";
      const hint = "Cite four figures whose order reverses, or none and say in the explanation what it rests on.";
      return [{ node: id, path: ["evidence"], message, hint }];
    }),
};

const favored = (bank: BankView, flip: NodeId, side: Side): NodeId[] =>
  bank
    .links(flip, "FlipCondition.favors")
    .flatMap(({ other, edge }) => (edge.properties["side"] === side ? [other] : []));

/** Whether some metric has the first option ahead before, and the second after. */
function reverses(bank: BankView, flip: NodeId, first: NodeId, second: NodeId): boolean {
  const won = (side: Side, winner: NodeId, loser: NodeId): NodeId[] => {
    const figures = bank
      .links(flip, "FlipCondition.evidence")
      .flatMap(({ other, edge }) => (edge.properties["side"] === side ? (citedFigure(bank, other) ?? []) : []));
    return figures.flatMap((own) =>
      isFigureOf(bank, own, winner, loser) &&
      figures.some((their) => isFigureOf(bank, their, loser, winner) && isAhead(bank, own, their))
        ? [own.metric]
        : [],
    );
  };
  const before = won("BEFORE", first, second);
  return won("AFTER", second, first).some((metric) => before.includes(metric));
}

const isAhead = (bank: BankView, own: CitedFigure, their: CitedFigure): boolean =>
  own.series === their.series && quantityOf(own.unit) === quantityOf(their.unit) && advantage(bank, own, their) > 0;

const quantityOf = (unit: UnitCode) => units[unit].quantity;
