import { type CoverageRow, type CoverageTable, isMet } from "../domain/coverage/coverage-table";

/** `docs/bank-coverage.md`. The text follows from the tables alone. */
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
