import { type CoverageCell, coverageCells } from "../../domain/coverage/coverage-cells";
import { currentDay } from "../../domain/current-day";
import { isGiven, readPageSize, requestedPageSize } from "../arguments/page-size";
import { declareQuery, Int } from "../declare";
import { base } from "../limits/meter";
import { type LintArguments, lintOfView, lintPage } from "../lint-of-view";
import { whenReady } from "../promise-or-value";
import { coverageCell, lintReport, severities } from "../types/lint-types";
import { PartialDate } from "../types/scalars";

/** What is wrong with the bank, and what it lacks. */
export class LintQueries {}

declareQuery(LintQueries, "lint", {
  type: () => lintReport,
  description:
    "Judges the graph of this request by the rules of fulcrum lint. Exceptions of lint.yaml belong to files, and excuse nothing here.",
  args: {
    rules: {
      type: () => [String],
      description: "Findings of these rules only, by their codes, such as near-duplicate.",
    },
    severity: { type: () => severities, description: "Findings of this severity only; without it, of all three." },
    on: { type: () => PartialDate, description: "The day on which figures may have grown stale; today by default." },
    first: { type: () => Int, description: "How many findings, from 1 to 100; 20 without it." },
    after: { type: () => String, description: "Go on after this cursor, of the same revision and arguments." },
  },
  cost: { times: requestedPageSize, base: base.lint },
  resolve: (_root, args: LintArguments, { links, snapshot, report }) =>
    whenReady(snapshot(), async ({ view }) => {
      const today = args.on ?? currentDay();
      const findings = await lintOfView(view, links, today, (characters) => report.meter.judging(characters));
      const page = lintPage(findings, args, [view.revision, view.hash, today]);
      report.meter.objects(page.end - page.start);
      return page;
    }),
});

declareQuery(LintQueries, "coverage", {
  type: () => [coverageCell],
  description:
    "How many questions each sub-topic has for each role and difficulty, the fewest first: the bank's holes.",
  args: {
    below: { type: () => Int, description: "Only where there are fewer questions than this; without it, everywhere." },
    first: { type: () => Int, description: "How many of them, from 1 to 100; 20 without it." },
  },
  cost: { times: requestedPageSize },
  resolve: (_root, { below, first }: { below?: number | null; first?: number | null }, { snapshot, report }) =>
    whenReady(snapshot(), async ({ view }): Promise<readonly CoverageCell[]> => {
      const size = readPageSize("first", first);
      const cells = await view.remember("coverage", coverageCells);
      // Those with the fewest questions come first.
      const found = isGiven(below) ? cells.slice(0, firstFrom(cells, below)) : cells;
      const page = found.slice(0, size);
      report.meter.objects(page.length);
      return page;
    }),
});

/** The first place of a cell with so many questions or more. */
function firstFrom(cells: readonly CoverageCell[], questions: number): number {
  const place = cells.findIndex((cell) => cell.questions >= questions);
  return place < 0 ? cells.length : place;
}
