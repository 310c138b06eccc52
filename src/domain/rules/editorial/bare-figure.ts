import type { NodeState } from "../../changes/change-set";
import { type Quantity, type UnitCode, units } from "../../ontology/units";
import { textOfPassages } from "../../prose";
import type { BankView } from "../bank-view";
import { agrees, type Figure, figuresIn, placedFiguresIn, valueOfLink } from "../figure-in-text";
import { type Breach, lineAt, type Rule } from "../finding";

/** Figures of these have to come from somewhere; counts of things are mostly choices of the author. */
const measurable: ReadonlySet<Quantity> = new Set([
  "TIME",
  "BYTES",
  "BYTE_RATE",
  "RATIO",
  "REQUEST_RATE",
  "TOKEN_RATE",
  "ITEM_RATE",
  "OPERATION_RATE",
  "ENERGY",
  "POWER",
] satisfies Quantity[]);

/**
 * What turns a figure that follows into a claim about how things are. Others are mostly choices, such as a limit or a
 * lifetime, and conditions, such as "below 10 ms".
 */
const claim =
  /(?<![\w-])(?:about|around|roughly|nearly|almost|some|approximately|only|~|≈|takes?|took|costs?|is|are|was|were|needs?|needed|reach(?:es|ed)?|saves?|saved|lost|loses?|gains?|gained|adds?|added|falls?|fell|drops?|dropped|rises?|rose)\s*$/i;

/** A sentence that supposes something, or sets it, claims nothing. */
const supposition =
  /(?<![\w-])(?:if|suppose|assume|assuming|say|would|should|could|may|might|must|let|budget|target|objective|promise[ds]?|limit|timeout|deadline|ttl|lifetime|set|choose|start|whoever|until|example|above|below|under|over|beyond|within|every|after|before)(?![\w-])/i;

export const bareFigure: Rule = {
  code: "bare-figure",
  severity: "warning",
  structural: false,
  description: "A figure with a unit in an answer is a measurement, a derivation, or given in the prompt.",
  evaluate: (bank) =>
    bank.ofKind("Question").flatMap((question) => {
      // A story that a candidate might tell has figures of its own.
      if (question.fields["format"] === "BEHAVIORAL") return [];
      const answers = bank.links(question.id, "Question.answers").flatMap(({ other }) => bank.nodes.get(other) ?? []);
      const known = knownFigures(bank, question, answers);
      return answers.flatMap((answer) => breachesIn(bank, answer, known));
    }),
};

interface Known {
  readonly value: number;
  readonly unit?: UnitCode | undefined;
}

/** What the prompt gives, and what the answers link to or cite. */
function knownFigures(bank: BankView, question: NodeState, answers: readonly NodeState[]): readonly Known[] {
  const given = figuresIn(textOfPassages(bank.prose(question.texts["prompt"] ?? "")));
  const linked = answers.flatMap(({ texts }) =>
    bank.prose(texts["body"] ?? "").links.flatMap((link) => valueOfLink(link, bank) ?? []),
  );
  const cited = answers.flatMap(({ id }) =>
    bank.links(id, "ModelAnswer.evidence").flatMap(({ other }) => {
      const { value, unit } = (bank.nodes.get(other)?.fields ?? {}) as { value?: number; unit?: UnitCode };
      return value === undefined ? [] : [{ value, unit }];
    }),
  );
  return [...given, ...linked, ...cited];
}

function breachesIn(bank: BankView, answer: NodeState, known: readonly Known[]): Breach[] {
  const { passages } = bank.prose(answer.texts["body"] ?? "");
  return passages.flatMap(({ line, open }) =>
    placedFiguresIn(open).flatMap(({ figure, at }) => {
      if (figure.unit === undefined || !measurable.has(units[figure.unit].quantity)) return [];
      const before = sentenceBefore(open, at);
      if (!claim.test(before) || supposition.test(before)) return [];
      if (isTrivial(figure) || known.some((each) => isSame(figure, each))) return [];
      const near = open
        .slice(Math.max(0, at - 40), at + 25)
        .replaceAll("\u0000", "…")
        .replaceAll("\n", " ");
      const message = `No measurement, derivation or prompt stands behind a figure: …${near}…`;
      const hint = "Link it to a measurement or a derivation, put it into the prompt, or say it without a number.";
      return [{ node: answer.id, path: ["body"], line: lineAt(open, at, line), message, hint }];
    }),
  );
}

const sentenceBefore = (text: string, at: number): string =>
  text.slice(Math.max(0, text.slice(0, at).search(/[.!?:|]\s[^.!?:|]*$/)), at);

/** Nothing, and all. */
const isTrivial = ({ value, unit }: Figure): boolean => value === 0 || (unit === "%" && value === 100);

function isSame(figure: Figure, { value, unit }: Known): boolean {
  return unit === undefined ? figure.value === value : agrees(figure, value, unit);
}
