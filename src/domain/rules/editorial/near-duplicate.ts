import type { NodeState } from "../../changes/change-set";
import { textOfPassages } from "../../prose";
import type { BankView } from "../bank-view";
import type { Breach, Rule } from "../finding";
import { overlaps, shingleWords } from "./shingles";

/** Words in a shingle, and the share of the shorter text's shingles from which two texts are too much alike. */
const duplicateShingle = 4;
const duplicateShare = 0.15;

export const nearDuplicate: Rule = {
  code: "near-duplicate",
  severity: "warning",
  structural: false,
  description: "No two prompts, answers or explanations share 15 % of their runs of four words.",
  evaluate: (bank) => [
    ...alike(bank, bank.ofKind("Question"), "prompt"),
    ...alike(bank, bank.ofKind("ModelAnswer"), "body"),
    ...alike(bank, bank.ofKind("Concept"), "explanation"),
  ],
};

function alike(bank: BankView, nodes: readonly NodeState[], field: string): Breach[] {
  const written = nodes.filter(({ texts }) => texts[field] !== undefined);
  const words = written.map(({ texts }) => shingleWords(textOfPassages(bank.prose(texts[field] as string))));
  return overlaps(words, duplicateShingle, duplicateShare).map(({ first, second, share }) => {
    const [one, other] = [written[first] as NodeState, written[second] as NodeState];
    const message = `The ${field} shares ${Math.round(share * 100)} % of its runs of ${duplicateShingle} words with that of ${one.slug}.`;
    const hint = "Say it in one place and link there, or ask what the other does not.";
    return { node: other.id, path: [field], message, hint };
  });
}
