import { DomainError } from "../domain/errors";
import { decodeCursor, encodeCursor } from "../domain/graph/cursor";
import type { GraphView } from "../domain/graph/graph-view";
import { byId, compareText } from "../domain/graph/order";
import { didYouMean, nearNames } from "../domain/near-names";
import { bankOfView, nodesWithTexts } from "../domain/rules/bank-of-view";
import type { RuleFinding, Severity } from "../domain/rules/finding";
import { allRules, lasting, ofTheDay } from "../domain/rules/run-rules";
import { isGiven, readPageSize } from "./arguments/page-size";
import type { Links } from "./links";

/** Rules look at all texts of a bank at once. Larger banks are linted as files. */
const maxNodesWithTexts = 10_000;

/** What is kept of a view: findings that hold on every day, and all of those of the day that was asked for last. */
interface Kept {
  lasting?: Promise<readonly RuleFinding[]>;
  day?: { readonly today: string; readonly findings: Promise<readonly RuleFinding[]> };
}

/**
 * Every finding about the graph that a view shows, by node, path and rule. What does not go by the day is found once for a
 * view, for all who ask; `judging` is told of how many characters of texts it is found. Lets others go on meanwhile. Throws
 * TOO_COMPLEX for a bank of too many texts.
 */
export function lintOfView(
  view: GraphView,
  links: Links,
  today: string,
  judging: (characters: number) => void = () => undefined,
): Promise<readonly RuleFinding[]> {
  const kept = view.remember<Kept>("lint", () => ({}));
  if (kept.day?.today === today && kept.lasting) return kept.day.findings;
  const findings = lastingOf(kept, view, links, judging).then((found) =>
    [...found, ...ofTheDay(bankOfView(view, new Map()), today)].sort(byPlace),
  );
  kept.day = { today, findings };
  return findings;
}

function lastingOf(kept: Kept, view: GraphView, links: Links, judging: (characters: number) => void) {
  if (kept.lasting) return kept.lasting;
  const before = newest;
  const findings = before.then(() => lint(view, links, judging));
  newest = findings.then(
    () => undefined,
    () => undefined,
  );
  // What failed, such as for want of time, is tried again.
  return (kept.lasting = findings.catch((error: unknown) => {
    delete kept.lasting;
    throw error;
  }));
}

/** Ends when all that began before has ended: one graph is judged at a time, whoever asks. */
let newest: Promise<void> = Promise.resolve();

async function lint(
  view: GraphView,
  links: Links,
  judging: (characters: number) => void,
): Promise<readonly RuleFinding[]> {
  const ids = nodesWithTexts(view);
  if (ids.length > maxNodesWithTexts)
    throw new DomainError(
      "TOO_COMPLEX",
      `lint judges up to ${maxNodesWithTexts} nodes with texts here; this bank has ${ids.length}. Export it, and lint the files.`,
    );
  const texts = await Promise.all(ids.map(async (id) => [id, await links.texts(id)] as const));
  judging(texts.reduce((sum, [, ofNode]) => Object.values(ofNode).reduce((all, { length }) => all + length, sum), 0));
  return lasting(bankOfView(view, new Map(texts)));
}

const byPlace = (a: RuleFinding, b: RuleFinding): number =>
  compareText(a.node, b.node) ||
  compareText(a.path.join(" "), b.path.join(" ")) ||
  compareText(a.rule, b.rule) ||
  compareText(a.message, b.message);

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
