import type { NodeState } from "../../changes/change-set";
import { headingsIn } from "../../prose";
import type { BankView } from "../bank-view";
import type { Breach, Rule } from "../finding";

export const answerParts: Rule = {
  code: "answer-parts",
  severity: "warning",
  structural: false,
  description: "A concise or full answer meets criteria, and one with headings says under which.",
  evaluate: (bank) =>
    bank
      .ofKind("ModelAnswer")
      .filter(({ fields }) => fields["level"] !== "EXPERT")
      .flatMap((answer) => breachesOf(bank, answer)),
};

function breachesOf(bank: BankView, { id, texts }: NodeState): Breach[] {
  const met = bank.links(id, "ModelAnswer.meets");
  if (met.length === 0)
    return [{ node: id, path: [], message: "The answer meets no criterion.", hint: "List what it meets under meets." }];
  if (headingsIn(bank.prose(texts["body"] ?? "")).length === 0) return [];
  return met
    .filter(({ edge }) => edge.properties["where"] === undefined)
    .map(({ other }) => ({
      node: id,
      path: ["meets", other],
      message: "The answer has headings, but does not say under which it meets this criterion.",
      hint: "Add where: with the heading.",
    }));
}
