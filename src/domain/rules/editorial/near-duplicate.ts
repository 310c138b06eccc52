import type { NodeState } from "../../changes/change-set";
import { textOfPassages } from "../../prose";
import type { BankView } from "../bank-view";
import type { NodeKind } from "../../ontology/node-kinds";
import type { Breach, Pause, Rule } from "../finding";
import { type Overlap, overlaps, shingleWords } from "./shingles";

/** Words in a shingle, and the share of the shorter text's shingles from which two texts are too much alike. */
const duplicateShingle = 4;
const duplicateShare = 0.15;

export const nearDuplicate: Rule = {
  code: "near-duplicate",
  severity: "warning",
  structural: false,
  description: "No two prompts, answers or explanations share 15 % of their runs of four words.",
  *evaluate(bank) {
    yield* alike(bank, "Question", "prompt");
    yield* alike(bank, "ModelAnswer", "body");
    yield* alike(bank, "Concept", "explanation");
  },
};

function* alike(bank: BankView, kind: NodeKind, field: string): Iterable<Breach | Pause> {
  const nodes = bank.ofKind(kind).filter(({ texts }) => texts[field] !== undefined);
  const words: string[][] = [];
  for (const { texts } of nodes) {
    words.push(shingleWords(textOfPassages(bank.prose(texts[field] as string))));
    yield null;
  }
  for (const overlap of overlaps(words, duplicateShingle, duplicateShare)) {
    if (overlap) yield breachOf(overlap, nodes, field);
    else yield null;
  }
}

function breachOf({ first, second, share }: Overlap, nodes: readonly NodeState[], field: string): Breach {
  const [one, other] = [nodes[first] as NodeState, nodes[second] as NodeState];
  const message = `The ${field} shares ${Math.round(share * 100)} % of its runs of ${duplicateShingle} words with that of ${one.slug}.`;
  const hint = "Say it in one place and link there, or ask what the other does not.";
  return { node: other.id, path: [field], message, hint };
}
