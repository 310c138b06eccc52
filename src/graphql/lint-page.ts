import { DomainError } from "../domain/errors";
import { decodeCursor, encodeCursor } from "../domain/graph/cursor";
import { byId } from "../domain/graph/order";
import { nearNames, didYouMean } from "../domain/near-names";
import type { RuleFinding, Severity } from "../domain/rules/finding";
import { allRules } from "../domain/rules/run-rules";
import { isGiven } from "./arguments/is-given";
import { readPageSize } from "./arguments/page-size";

export interface LintArguments {
  readonly rules?: readonly string[] | null;
  readonly severity?: Severity | null;
  readonly on?: string | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

/** A stretch of findings, with what is known of all. */
export interface LintPage {
  /** All that the arguments ask for. */
  readonly all: readonly RuleFinding[];
  readonly start: number;
  readonly end: number;
  cursor(index: number): string;
}

/** The page that the arguments ask for; `list` says what a cursor is good for. Throws INVALID_ARGUMENT. */
export function lintPage(findings: readonly RuleFinding[], args: LintArguments, list: readonly unknown[]): LintPage {
  const { rules, severity, after } = args;
  rules?.forEach(assertRule);
  const all = findings.filter(
    (each) => (!isGiven(rules) || rules.includes(each.rule)) && (!isGiven(severity) || each.severity === severity),
  );
  const key = ["lint", rules ?? null, severity ?? null, ...list];
  const start = isGiven(after) ? indexIn(decodeCursor(after, byId, key).value) + 1 : 0;
  const end = Math.min(start + readPageSize("first", args.first), all.length);
  return { all, start, end, cursor: (index) => encodeCursor({ value: index, id: "" }, byId, key) };
}

function indexIn(value: unknown): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw new DomainError("INVALID_ARGUMENT", "The cursor is not one that this API has given out.");
}

function assertRule(code: string): void {
  const codes = allRules.map((rule) => rule.code);
  if (codes.includes(code)) return;
  const near = didYouMean(nearNames(code, codes));
  throw new DomainError("INVALID_ARGUMENT", `There is no rule ${JSON.stringify(code.slice(0, 100))}.${near}`);
}
