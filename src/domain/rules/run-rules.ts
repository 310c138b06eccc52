import { assessmentCoverage } from "./assessment-coverage";
import { type Bank, viewOf } from "./bank-view";
import { danglingMention } from "./dangling-mention";
import type { Rule, RuleFinding, RuleInfo } from "./finding";
import { refusalRules, refusals } from "./refusals";

const rules: readonly Rule[] = [danglingMention, assessmentCoverage];

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
