import type { BankView } from "../rules/bank-view";
import { atLeast, type CoverageTable } from "./coverage-table";

export function answerTable(bank: BankView): CoverageTable {
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
