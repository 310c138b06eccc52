import { Pacer } from "../pacer";
import { assessmentCoverage } from "./assessment-coverage";
import { bankTexts } from "./bank-texts";
import { type Bank, type BankView, bankView } from "./bank-view";
import { danglingMention } from "./dangling-mention";
import { figureInText } from "./figure-in-text";
import { editorialRules } from "./editorial/all";
import type { Rule, RuleContext, RuleFinding, RuleInfo } from "./finding";
import { staleFigures } from "./editorial/stale-figures";
import { flipEvidence } from "./flip-evidence";
import { followUpCondition } from "./follow-up-condition";
import { headingOfAnswer } from "./heading-of-answer";
import { measuredBasis } from "./measured-basis";
import { refusalRules, refusals } from "./refusals";
import { unitOfMetric } from "./unit-of-metric";
import { unmetCriterion } from "./unmet-criterion";

/** What holds in any bank; the rules for a finished one are in `editorial/`. */
const basicRules: readonly Rule[] = [
  danglingMention,
  followUpCondition,
  headingOfAnswer,
  figureInText,
  unitOfMetric,
  assessmentCoverage,
  measuredBasis,
  flipEvidence,
  unmetCriterion,
];

/** Every rule that `runRules` judges by. */
export const allRules: readonly RuleInfo[] = [...refusalRules, ...basicRules, ...editorialRules];

/**
 * `structural`: only what no store accepts. `basic`: what holds in any bank, too. `editorial`: and what holds in one that
 * is finished and edited, such as that each concept is taught by some question.
 */
export type RuleDepth = "structural" | "basic" | "editorial";

/** Every breach of every rule to that depth. Others get their turn between. */
export async function runRules(bank: Bank, depth: RuleDepth, context: RuleContext): Promise<RuleFinding[]> {
  const view = bankView(bank);
  const found = await breaches(view, depth, context);
  return [...(await refusals(view)), ...found];
}

/** What holds on every day: `runRules` in full, without what goes by the day, which `ofTheDay` gives. */
export const lasting = (bank: Bank): Promise<RuleFinding[]> => runRules(bank, "editorial", { today: beforeAll });

/** What goes by the day alone. It reads no texts, so the bank may be without them. */
export function ofTheDay(bank: Bank, today: string): RuleFinding[] {
  const { code: rule, severity, structural, evaluate } = staleFigures;
  return [...evaluate(bankView(bank), { today })].flatMap((breach) =>
    breach ? [{ rule, severity, structural, ...breach }] : [],
  );
}

/** A day on which nothing is old. */
const beforeAll = "0000-00-00";

/** As `runRules`, of a bank that a store would not refuse. */
export async function breaches(view: BankView, depth: RuleDepth, context: RuleContext): Promise<RuleFinding[]> {
  const pacer = new Pacer();
  await readTexts(view, pacer);
  const findings: RuleFinding[] = [];
  for (const rule of rulesTo(depth)) {
    const { code, severity, structural } = rule;
    for (const breach of rule.evaluate(view, context)) {
      if (pacer.isDue) await pacer.yieldToEventLoop();
      if (breach) findings.push({ rule: code, severity, structural, ...breach });
    }
  }
  return findings;
}

/** Parses the texts that rules will look at. */
async function readTexts(bank: BankView, pacer: Pacer): Promise<void> {
  for (const { text } of bankTexts(bank)) {
    bank.prose(text);
    if (pacer.isDue) await pacer.yieldToEventLoop();
  }
}

const rulesTo = (depth: RuleDepth): readonly Rule[] =>
  depth === "editorial"
    ? [...basicRules, ...editorialRules]
    : basicRules.filter(({ structural }) => structural || depth === "basic");
