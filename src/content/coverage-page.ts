import { coverageOf } from "../domain/coverage/coverage";
import { type CoverageRow, type CoverageTable, isMet } from "../domain/coverage/coverage-table";
import { bankView } from "../domain/rules/bank-view";
import { reviewState, parseReviews, questionHashes } from "./reviews";
import { readFolder } from "./read-folder";
import { readBank } from "./read-bank";

/** Returns the text of `docs/bank-coverage.md`, which follows from the tables alone. */
export function coveragePage(tables: readonly CoverageTable[]): string {
  const short = tables.flatMap(({ rows }) => rows).filter((row) => !isMet(row)).length;
  const state = short === 0 ? "Every number is as wanted." : `Short of what is wanted: ${short} of the numbers below.`;
  return `# What the bank covers

Computed from \`seed/\` and \`docs/bank-reviews.csv\` by \`npm run generate\`; \`npm run check\` fails when it differs. ${state}
${tables.map(section).join("")}`;
}

const section = ({ title, rows }: CoverageTable): string => `
## ${title}

| | is | wanted | |
| --- | --: | --: | --- |
${rows.map(line).join("")}`;

function line(row: CoverageRow): string {
  const { what, is, wanted } = row;
  const aim =
    wanted === undefined ? "" : `${wanted.at === "least" ? "≥" : "≤"} ${wanted.count.toLocaleString("en-US")}`;
  const verdict = wanted === undefined ? "" : isMet(row) ? "met" : "**short**";
  const cells = [what.replaceAll("|", "\\|"), is.toLocaleString("en-US"), aim, verdict];
  return `| ${cells.join(" | ")} |\n`;
}

/**
 * Returns the coverage of the bank in a folder, as far as its files can be read. `reviews` is the text of the reviews'
 * CSV.
 */
export async function readCoverage(dir: string, reviews: string): Promise<readonly CoverageTable[]> {
  const { files, unread } = await readFolder(dir);
  const bank = readBank(files, unread);
  return coverageOf(bankView(bank), reviewState(parseReviews(reviews).reviews, questionHashes(bank)));
}
