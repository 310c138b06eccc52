import type { NodeState } from "../../changes/change-set";
import type { BankView } from "../bank-view";
import type { Breach, Rule } from "../finding";
import { overlaps, shingleWords } from "./shingles";

/** A paragraph of fewer words is a phrase that may well stand twice. */
const minWords = 12;
const shingle = 3;
const sharedShare = 0.6;

interface Paragraph {
  readonly answer: NodeState;
  readonly line: number;
  readonly words: readonly string[];
}

export const sharedParagraph: Rule = {
  code: "shared-paragraph",
  severity: "warning",
  structural: false,
  description: "No two answers share a paragraph, or three fifths of one's runs of three words.",
  *evaluate(bank) {
    const paragraphs: Paragraph[] = [];
    for (const answer of bank.ofKind("ModelAnswer")) {
      paragraphs.push(...paragraphsOf(bank, answer));
      yield null;
    }
    const words = paragraphs.map((each) => each.words);
    for (const overlap of overlaps(words, shingle, sharedShare)) {
      if (!overlap) yield null;
      else yield* breachesOf(paragraphs[overlap.first] as Paragraph, paragraphs[overlap.second] as Paragraph);
    }
  },
};

function breachesOf(one: Paragraph, other: Paragraph): Breach[] {
  if (one.answer.id === other.answer.id) return [];
  const message = `This paragraph stands in ${one.answer.slug} as well: ${other.words.slice(0, 6).join(" ")} …`;
  const hint = "Keep it where it decides something, and say here what is particular to this question.";
  return [{ node: other.answer.id, path: ["body"], line: other.line, message, hint }];
}

const paragraphsOf = (bank: BankView, answer: NodeState): Paragraph[] =>
  bank.prose(answer.texts["body"] ?? "").passages.flatMap(({ is, line, text }) => {
    const words = shingleWords(text);
    return is === "paragraph" && words.length >= minWords ? [{ answer, line, words }] : [];
  });
