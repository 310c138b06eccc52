import { stat } from "node:fs/promises";
import { Command, Option } from "commander";
import { importBank, type ImportRequest } from "../content/import-bank";
import { describeChanges, describeKept, summarize } from "../content/import/describe-plan";
import { counted, lintText } from "../content/lint-text";
import { qualities, type Quality, qualityText } from "../content/quality";
import { importRecords } from "../content/records/import-records";
import { openRecords } from "../content/records/record-source";
import { DomainError } from "../domain/errors";
import { CommitThread } from "./commit-thread";
import { progressReporter } from "./progress";
import { storeAddress, storeOption, type StoreOption, withStore } from "./store-option";

interface Options extends StoreOption, Pick<ImportRequest, "dryRun" | "overwrite" | "prune"> {
  readonly quality: Quality;
  readonly progress?: boolean;
}

export const importCommand = (): Command =>
  new Command("import")
    .description(
      "Bring a store to what the files of a bank hold, or records in JSON Lines. Importing the same again changes nothing.",
    )
    .argument("<source>", "the bank's folder, a file in JSON Lines, or - for such lines on standard input")
    .addOption(storeOption())
    .option("--dry-run", "show what would change, and write nothing")
    .option("--overwrite", "let the files win over what a person edited in the store")
    .option("--prune", "remove nodes that are gone from the files; for folders, which hold a whole bank")
    .addOption(
      new Option("--quality <what>", "what becomes of lint errors with which a store could live")
        .choices(qualities)
        .default("warn"),
    )
    .option("--progress", "tell how far it is, also when not on a terminal")
    .addHelpText(
      "after",
      `
What a person added, changed or removed in the store is kept and listed. What no store accepts always stops an import;
other lint errors are printed as warnings, stop it (--quality error), or are not looked for (--quality off). An import
that was cut short goes on when it is run again. docs/content-format.md describes files and records.

Exit codes: 0 done, 1 errors in the files or a failure, 2 wrong usage.

Examples:
  fulcrum import seed
  fulcrum import --dry-run --prune seed
  fulcrum import --quality off questions.jsonl
  zcat questions.jsonl.gz | fulcrum import --store bolt://localhost:7687 -`,
    )
    .action(async (source: string, options: Options, command: Command) => {
      if (source === "-" || !(await isFolder(source))) {
        if (options.prune) command.error("error: --prune goes with a folder: records need not be a whole bank.");
        await importFromRecords(source, options);
      } else await importFromFolder(source, options);
    });

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    throw new DomainError("INVALID_ARGUMENT", `${path} cannot be read (${code}).`, { cause });
  }
}

async function importFromFolder(dir: string, { progress, ...options }: Options): Promise<void> {
  const { refused, warnings, plan, commits } = await withStore(options, (store) =>
    importBank(store, dir, { ...options, onCommit: progressReporter(progress) }),
  );
  if (!plan) {
    process.stdout.write(lintText(refused, dir));
    process.stderr.write(`nothing imported: ${counted(refused.length, "error")}\n`);
    process.exitCode = 1;
    return;
  }
  process.stdout.write(qualityText(warnings, dir));
  if (options.dryRun) process.stdout.write(describeChanges(plan));
  process.stdout.write(describeKept(plan));
  const done = options.dryRun ? "would be imported" : `imported in ${counted(commits, "commit")}`;
  process.stderr.write(`${done}: ${summarize(plan)}\n`);
}

async function importFromRecords(path: string, { progress, ...options }: Options): Promise<void> {
  const source = await openRecords(path);
  const thread = new CommitThread(storeAddress(options));
  try {
    const { records, commits, changes, kept, warnings, findings } = await withStore(options, (store) =>
      importRecords(store, source, {
        ...options,
        committer: thread,
        onCommit: progressReporter(progress, "records imported"),
        onPlan: (plan) => {
          if (options.dryRun) process.stdout.write(describeChanges(plan));
        },
      }),
    );
    process.stdout.write(lintText(findings));
    process.stdout.write(qualityText(warnings ?? []));
    for (const { subject, why } of kept) process.stdout.write(`kept ${subject}: ${why}\n`);
    if (!warnings) process.stderr.write("too large for rules of quality: lint the bank when it is imported\n");
    if (findings.length > 0) {
      const done = commits > 0 ? `stopped after ${counted(commits, "commit")}, which stand` : "nothing imported";
      process.stderr.write(`${done}: ${counted(findings.length, "error")}\n`);
      process.exitCode = 1;
      return;
    }
    const done = options.dryRun ? "would be imported" : `imported in ${counted(commits, "commit")}`;
    process.stderr.write(`${done}: ${counted(records, "record")}, ${counted(changes, "change")}\n`);
  } finally {
    await thread.close();
    await source.close();
  }
}
