import type { NodeId } from "../ids";
import { ownerIdOf } from "../ids";
import type { BankView } from "../rules/bank-view";
import { isReversed } from "../rules/flip-evidence";
import { isMeasured } from "../rules/measured-basis";
import { atLeast, type CoverageTable } from "./coverage-table";

export function tradeOffTable(bank: BankView): CoverageTable {
  const tradeOffs = bank.ofKind("TradeOff");
  const cells = bank.ofKind("Assessment");
  const measured = cells.filter(({ id, fields }) => fields["basis"] === "MEASURED" && isMeasured(bank, id));
  const flips = bank.ofKind("FlipCondition");
  const asked = tradeOffs.filter(({ id }) => bank.links(id, "TradeOff.questions").length >= 3);
  return {
    title: "Trade-offs",
    rows: [
      { what: "Trade-offs", is: tradeOffs.length, wanted: atLeast(70) },
      { what: "…with 3 or more questions", is: asked.length, wanted: atLeast(tradeOffs.length) },
      {
        what: "…whose cells and flip conditions cite 2 or more benchmarks",
        is: tradeOffs.filter(({ id }) => benchmarksOf(bank, id).size >= 2).length,
        wanted: atLeast(50),
      },
      { what: "Options", is: bank.ofKind("Option").length },
      { what: "Assessed cells", is: cells.length },
      { what: "…MEASURED, with figures of the option and of a rival", is: measured.length, wanted: atLeast(300) },
      { what: "Flip conditions", is: flips.length, wanted: atLeast(40) },
      {
        what: "…with figures on both sides whose order reverses",
        is: flips.filter(({ id }) => isReversed(bank, id)).length,
        wanted: atLeast(25),
      },
    ],
  };
}

/** As `TradeOff.benchmarks` derives them. */
function benchmarksOf(bank: BankView, tradeOff: NodeId): ReadonlySet<NodeId> {
  const cells = bank
    .links(tradeOff, "TradeOff.options")
    .flatMap(({ other }) => bank.links(other, "Option.assessments"))
    .flatMap(({ other }) => bank.links(other, "Assessment.evidence"));
  const flips = bank
    .links(tradeOff, "TradeOff.flipConditions")
    .flatMap(({ other }) => bank.links(other, "FlipCondition.evidence"));
  return new Set([...cells, ...flips].map(({ other }) => ownerIdOf(other)));
}
