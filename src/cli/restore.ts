import { Command } from "commander";
import { DomainError } from "../domain/errors";
import { progressReporter } from "./progress";
import { storeAddress, type StoreOption, storeOption, withStore } from "./store-option";
import { reportVerification } from "./verify";

interface Options extends StoreOption {
  readonly dryRun?: true;
  readonly progress?: true;
}

export const restoreCommand = (): Command =>
  new Command("restore")
    .description("Fill an empty store with what a backup holds, and verify the result.")
    .argument("<file>", "a file that fulcrum backup has made")
    .addOption(storeOption())
    .option("--dry-run", "look at the backup and at the store, and write nothing")
    .option("--progress", "tell how far it is, also when not on a terminal")
    .addHelpText(
      "after",
      `
A store that holds anything is refused. It may be of the other kind than the one that was backed up. Stop the servers of the
store before. Until all is there the store serves nothing, and where the restore is cut short it says so until the same
command is run again. A backup of an older version is brought to the format of this one.

Exit codes: 0 done, and graph and log agree, 1 they do not, or a failure, 2 wrong usage.

Examples:
  fulcrum restore --store sqlite:./restored.db bank-2026-12-02.db
  NEO4J_USER=neo4j NEO4J_PASSWORD=… fulcrum restore --store neo4j://localhost:7687 bank-2026-12-02.db`,
    )
    .action(async (file: string, options: Options) => {
      const address = storeAddress(options);
      const { checkBackup, contentsAt, restore } = await import("../store/restore.js");
      const { revision } = await checkBackup(file);
      if ((await contentsAt(address)) === "SOMETHING")
        throw new DomainError(
          "INVALID_ARGUMENT",
          `${address.url} is not empty; a backup goes into a store that holds nothing.`,
        );
      if (options.dryRun) {
        process.stderr.write(`revision ${revision} would be restored to ${address.url}\n`);
        return;
      }
      await restore(file, address, progressReporter(options.progress, "copied"));
      process.stderr.write(`restored revision ${revision} to ${address.url}\n`);
      const { sound } = await withStore(options, (store) => reportVerification(store));
      if (!sound) process.exitCode = 1;
    });
