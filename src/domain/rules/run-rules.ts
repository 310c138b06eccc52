import { assessmentCoverage } from "./assessment-coverage";
import { type Bank, viewOf } from "./bank-view";
import { danglingMention } from "./dangling-mention";
import { figureInText } from "./figure-in-text";
import type { Rule, RuleFinding, RuleInfo } from "./finding";
import { flipEvidence } from "./flip-evidence";
import { followUpCondition } from "./follow-up-condition";
import { headingOfAnswer } from "./heading-of-answer";
import { measuredBasis } from "./measured-basis";
import { refusalRules, refusals } from "./refusals";
import { unitOfMetric } from "./unit-of-metric";
import { unmetCriterion } from "./unmet-criterion";

const rules: readonly Rule[] = [
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
export const allRules: readonly RuleInfo[] = [...refusalRules, ...rules];

/** Every breach of every rule. */
export async function runRules(bank: Bank): Promise<RuleFinding[]> {
  const view = viewOf(bank);
  const findings = await refusals(view);
  for (const rule of rules) {
    const { code, severity, structural } = rule;
    findings.push(...rule.evaluate(view).map((breach) => ({ rule: code, severity, structural, ...breach })));
  }
  return findings;
}
