import type { NodeState } from "../../changes/change-set";
import { wordsIn } from "../../prose";
import type { BankView } from "../bank-view";
import type { Breach, Rule } from "../finding";
import { type CountRange, isWithin, rangeText } from "./usual-count";

const promptWords: CountRange = [20, 90];
const codingPromptWords: CountRange = [20, 180];
const conciseWords: CountRange = [50, 160];
const fullWords: Readonly<Record<string, CountRange>> = { EASY: [150, 450], MEDIUM: [250, 700], HARD: [350, 900] };
const explanationWords: CountRange = [60, 250];

export const textLength: Rule = {
  code: "text-length",
  severity: "warning",
  structural: false,
  description: "Prompts, answers and explanations are as long as their kind asks for; code does not count.",
  *evaluate(bank) {
    for (const question of bank.ofKind("Question")) {
      yield* promptOf(bank, question);
      yield* bodiesOf(bank, question);
      yield null;
    }
    for (const concept of bank.ofKind("Concept")) {
      yield* judge(bank, concept, "explanation", "explanation", explanationWords);
      yield null;
    }
  },
};

const promptOf = (bank: BankView, question: NodeState): Breach[] =>
  judge(bank, question, "prompt", "prompt", question.fields["format"] === "CODING" ? codingPromptWords : promptWords);

const bodiesOf = (bank: BankView, question: NodeState): Breach[] =>
  bank.links(question.id, "Question.answers").flatMap(({ other }) => {
    const answer = bank.nodes.get(other);
    const [level, difficulty] = [answer?.fields["level"], question.fields["difficulty"] as string];
    const range = level === "CONCISE" ? conciseWords : level === "FULL" ? fullWords[difficulty] : undefined;
    return answer && range ? judge(bank, answer, "body", `${level as string} answer`, range) : [];
  });

function judge(bank: BankView, node: NodeState, field: string, what: string, range: CountRange): Breach[] {
  const text = node.texts[field];
  const count = text === undefined ? 0 : wordsIn(bank.prose(text)).length;
  if (isWithin(count, range)) return [];
  const message = `The ${what} has ${count} words; ${rangeText(range)} are asked for.`;
  const hint = count < range[0] ? "Say what is missing; do not pad." : "Cut what could stand in any other text.";
  return [{ node: node.id, path: [field], message, hint }];
}
