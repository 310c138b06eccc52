import type { BankView } from "../rules/bank-view";
import { answerTable } from "./answer-coverage";
import { atLeast, type CoverageTable } from "./coverage-table";
import { knowledgeTables } from "./knowledge-coverage";
import { questionTables } from "./question-coverage";
import { tradeOffTable } from "./trade-off-coverage";

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
