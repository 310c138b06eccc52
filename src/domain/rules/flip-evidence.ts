import type { GraphFacts } from "../graph/graph-view";
import type { NodeId } from "../ids";
import type { Rule } from "./finding";
import { advantage, areComparable, type CitedFigure, citedFigure, isFigureOf } from "./option-figures";

type Side = "BEFORE" | "AFTER";

export const flipEvidence: Rule = {
  code: "flip-evidence",
  severity: "warning",
  structural: false,
  description:
    "A flip condition favors one option before and another after, and figures that it cites show the order reversing.",
  evaluate: (bank) =>
    bank.ofKind("FlipCondition").flatMap(({ id }) => {
      if (!favoredPair(bank, id)) {
        const hint = "Name one option with side: BEFORE and another with side: AFTER.";
        return [
          { node: id, path: ["favors"], message: "A flip condition must favor two options, one on each side.", hint },
        ];
      }
      if (bank.links(id, "FlipCondition.evidence").length === 0) return [];
      if (isReversed(bank, id)) return [];
      const message =
        "The cited figures do not show the better option changing: on each side, one benchmark and metric must have figures of both.";
      const hint = "Cite four figures whose order reverses, or none and say in the explanation what it rests on.";
      return [{ node: id, path: ["evidence"], message, hint }];
    }),
};

/** Whether figures on both of its sides show the order of its two options reversing. */
export function isReversed(bank: GraphFacts, flip: NodeId): boolean {
  const pair = favoredPair(bank, flip);
  return pair !== null && reverses(bank, flip, ...pair);
}

/** The option that is better before and the one that is better after; null unless it is one each, and two. */
function favoredPair(bank: GraphFacts, flip: NodeId): readonly [before: NodeId, after: NodeId] | null {
  const [before, after] = [favored(bank, flip, "BEFORE"), favored(bank, flip, "AFTER")];
  const [first, second] = [before[0], after[0]];
  const isOneEach = before.length === 1 && after.length === 1;
  return isOneEach && first !== undefined && second !== undefined && first !== second ? [first, second] : null;
}

const favored = (bank: GraphFacts, flip: NodeId, side: Side): NodeId[] =>
  bank
    .links(flip, "FlipCondition.favors")
    .flatMap(({ other, edge }) => (edge.properties["side"] === side ? [other] : []));

/** Whether some metric has the first option ahead before, and the second after. */
function reverses(bank: GraphFacts, flip: NodeId, first: NodeId, second: NodeId): boolean {
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

const isAhead = (bank: GraphFacts, own: CitedFigure, their: CitedFigure): boolean =>
  areComparable(own, their) && advantage(bank, own, their) > 0;
