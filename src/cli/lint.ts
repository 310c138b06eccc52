import { Command, Option } from "commander";
import { fixFolder, lintFolder } from "../content/lint-folder";
import { lintSarif } from "../content/lint-sarif";
import { counted, lintSummary, lintText } from "../content/lint-text";

interface Options {
  readonly format: "text" | "sarif";
  readonly fix?: true;
  readonly strict?: true;
}

export const lintCommand = (): Command =>
  new Command("lint")
    .description("Check the files of a bank: their form, then the rules over the whole bank.")
    .argument("<dir>", "the bank's folder")
    .addOption(new Option("--format <format>", "how to print findings").choices(["text", "sarif"]).default("text"))
    .option("--fix", "first rewrite the files in canonical form")
    .option("--strict", "warnings fail, too")
    .addHelpText(
      "after",
      `
Exit codes: 0 no errors, 1 errors (with --strict: or warnings), 2 wrong usage.

Examples:
  fulcrum lint seed
  fulcrum lint --fix seed
  fulcrum lint --format sarif seed > lint.sarif`,
    )
    .action(async (dir: string, { format, fix, strict }: Options) => {
      if (fix) {
        const fixed = await fixFolder(dir);
        const told = fixed
          ? `rewrote ${counted(fixed.length, "file")}`
          : "nothing rewritten: mend what cannot be read first";
        process.stderr.write(`${told}\n`);
      }
      const { findings, fileCount } = await lintFolder(dir);
      if (format === "sarif") process.stdout.write(`${JSON.stringify(lintSarif(findings), null, 2)}\n`);
      else process.stdout.write(lintText(findings, dir));
      process.stderr.write(`${lintSummary(findings)} in ${counted(fileCount, "file")}\n`);
      if (findings.some(({ severity }) => severity === "error" || (strict && severity === "warning")))
        process.exitCode = 1;
    });
