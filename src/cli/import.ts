import { Command } from "commander";
import { importBank, type ImportRequest } from "../content/import-bank";
import { describeChanges, describeKept, summarize } from "../content/import/describe-plan";
import { counted, lintText } from "../content/lint-text";
import { progressReporter } from "./progress";
import { storeOption, type StoreOption, withStore } from "./store-option";

interface Options extends StoreOption, Pick<ImportRequest, "dryRun" | "overwrite" | "prune" | "strict"> {
  readonly progress?: boolean;
}

export const importCommand = (): Command =>
  new Command("import")
    .description("Bring a store to what the files of a bank hold. Importing the same files again changes nothing.")
    .argument("<dir>", "the bank's folder")
    .addOption(storeOption())
    .option("--dry-run", "show what would change, and write nothing")
    .option("--overwrite", "let the files win over what a person edited in the store")
    .option("--prune", "remove nodes that are gone from the files")
    .option("--strict", "stop at every lint error, not only at those that no store accepts")
    .option("--progress", "tell how far it is, also when not on a terminal")
    .addHelpText(
      "after",
      `
What a person added, changed or removed in the store is kept and listed. An import that was cut short goes on when it is
run again.

Exit codes: 0 done, 1 errors in the files or a failure, 2 wrong usage.

Examples:
  fulcrum import seed
  fulcrum import --dry-run --prune seed
  fulcrum import --store bolt://localhost:7687 seed`,
    )
    .action(async (dir: string, { progress, ...options }: Options) => {
      const { refused, plan, commits } = await withStore(options, (store) =>
        importBank(store, dir, { ...options, onCommit: progressReporter(progress) }),
      );
      if (!plan) {
        process.stdout.write(lintText(refused, dir));
        process.stderr.write(`nothing imported: ${counted(refused.length, "error")}\n`);
        process.exitCode = 1;
        return;
      }
      if (options.dryRun) process.stdout.write(describeChanges(plan));
      process.stdout.write(describeKept(plan));
      const done = options.dryRun ? "would be imported" : `imported in ${counted(commits, "commit")}`;
      process.stderr.write(`${done}: ${summarize(plan)}\n`);
    });
