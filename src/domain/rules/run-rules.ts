import { assessmentCoverage } from "./assessment-coverage";
import { textsOf } from "./bank-texts";
import { type Bank, type BankView, viewOf } from "./bank-view";
import { danglingMention } from "./dangling-mention";
import { figureInText } from "./figure-in-text";
import { editorialRules } from "./editorial/all";
import type { Rule, RuleContext, RuleFinding, RuleInfo } from "./finding";
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

/** Every breach of every rule to that depth. `pause` is awaited between the rules and while texts are parsed. */
export async function runRules(
  bank: Bank,
  depth: RuleDepth,
  context: RuleContext,
  pause?: () => Promise<void>,
): Promise<RuleFinding[]> {
  const view = viewOf(bank);
  if (pause) await readTexts(view, pause);
  const findings = await refusals(view);
  for (const rule of rulesTo(depth)) {
    await pause?.();
    const { code, severity, structural } = rule;
    // One by one: a call takes only so many arguments, and a rule may find more than that.
    for (const breach of rule.evaluate(view, context)) findings.push({ rule: code, severity, structural, ...breach });
  }
  return findings;
}

const textsAtOnce = 20;

/** Parses the texts that rules will look at, a few at once. */
async function readTexts(bank: BankView, pause: () => Promise<void>): Promise<void> {
  let count = 0;
  for (const { text } of textsOf(bank)) {
    bank.prose(text);
    if (++count % textsAtOnce === 0) await pause();
  }
}

const rulesTo = (depth: RuleDepth): readonly Rule[] =>
  depth === "editorial"
    ? [...basicRules, ...editorialRules]
    : basicRules.filter(({ structural }) => structural || depth === "basic");
