import { type NodeId, ownerIdOf } from "../ids";
import type { BankView } from "../rules/bank-view";
import { isMeasured } from "../rules/measured-basis";
import { isReversed } from "../rules/flip-evidence";
import { atLeast, type CoverageTable } from "./coverage-table";
import { knowledgeTables } from "./knowledge-coverage";
import { questionTables } from "./question-coverage";

/** What reviews say of the bank's questions. */
export interface ReviewCounts {
  /** Questions whose review was of the text that they have. */
  readonly current: number;
  /** Reviews of a text that has changed since. */
  readonly stale: number;
}

/** How the bank stands against what is wanted of it. */
export const coverageOf = (bank: BankView, reviews: ReviewCounts): readonly CoverageTable[] => [
  ...questionTables(bank),
  answerTable(bank),
  ...knowledgeTables(bank),
  tradeOffTable(bank),
  {
    title: "Reviews",
    rows: [
      { what: "Questions reviewed as they are", is: reviews.current, wanted: atLeast(150) },
      { what: "Reviews of earlier texts", is: reviews.stale },
    ],
  },
];

function answerTable(bank: BankView): CoverageTable {
  const answers = bank.ofKind("ModelAnswer");
  const count = (level: string) => answers.filter(({ fields }) => fields["level"] === level).length;
  const hard = bank
    .ofKind("Question")
    .filter(
      ({ id, fields }) =>
        fields["difficulty"] === "HARD" &&
        bank.links(id, "Question.answers").some(({ other }) => bank.nodes.get(other)?.fields["level"] === "EXPERT"),
    );
  const questions = bank.ofKind("Question").length;
  return {
    title: "Model answers",
    rows: [
      { what: "Model answers", is: answers.length, wanted: atLeast(600) },
      { what: "…CONCISE", is: count("CONCISE"), wanted: atLeast(questions) },
      { what: "…FULL", is: count("FULL"), wanted: atLeast(questions) },
      { what: "…EXPERT", is: count("EXPERT") },
      { what: "Hard questions with an EXPERT answer", is: hard.length, wanted: atLeast(40) },
    ],
  };
}

function tradeOffTable(bank: BankView): CoverageTable {
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
