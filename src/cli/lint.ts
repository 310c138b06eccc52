import { Command, Option } from "commander";
import { lintFolder } from "../content/lint-folder";
import { lintSarif } from "../content/lint-sarif";
import { counted, lintSummary, lintText } from "../content/lint-text";

interface Options {
  readonly format: "text" | "sarif";
  readonly strict?: true;
}

export const lintCommand = (): Command =>
  new Command("lint")
    .description("Check the files of a bank: their form, then the rules over the whole bank.")
    .argument("<dir>", "the bank's folder")
    .addOption(new Option("--format <format>", "how to print findings").choices(["text", "sarif"]).default("text"))
    .option("--strict", "warnings fail, too")
    .addHelpText(
      "after",
      `
Exit codes: 0 no errors, 1 errors (with --strict: or warnings), 2 wrong usage.

Examples:
  fulcrum lint seed
  fulcrum lint --format sarif seed > lint.sarif`,
    )
    .action(async (dir: string, { format, strict }: Options) => {
      const { findings, fileCount } = await lintFolder(dir);
      if (format === "sarif") process.stdout.write(`${JSON.stringify(lintSarif(findings), null, 2)}\n`);
      else process.stdout.write(lintText(findings, dir));
      process.stderr.write(`${lintSummary(findings)} in ${counted(fileCount, "file")}\n`);
      if (findings.some(({ severity }) => strict || severity === "error")) process.exitCode = 1;
    });
