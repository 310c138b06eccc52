import { stat } from "node:fs/promises";
import { Command } from "commander";
import { sqliteFile } from "../store/sqlite-file";
import { makeFile } from "./new-file";
import { progressReporter } from "./progress";
import { storeAddress, storeOption, type StoreOption } from "./store-option";

interface Options extends StoreOption {
  readonly force?: true;
  readonly progress?: true;
}

export const backupCommand = (): Command =>
  new Command("backup")
    .description(
      "Write all that a store holds to one file, as it is at one moment, while servers go on reading and writing it.",
    )
    .argument("<file>", "the file to make")
    .addOption(storeOption())
    .option("--force", "replace a file that is there")
    .option("--progress", "tell how far it is, also when not on a terminal")
    .addHelpText(
      "after",
      `
It holds the graph, the log of commits, drafts, API keys, and the keys of calls that can be repeated. Of secrets it holds
hashes alone, but treat the file as a secret. The file is a SQLite store, whichever store it is a backup of, so fulcrum verify
reads it like any other. The file appears when it is whole, and only its owner can read it. The head that it holds is printed;
keep it elsewhere for fulcrum verify --head. At the end of a backup of Neo4j, commits wait for at most a second.

Exit codes: 0 done, 1 failed, and then there is no new file, 2 wrong usage.

Examples:
  fulcrum backup bank-2026-12-02.db
  fulcrum backup --force --store sqlite:./data/bank.db latest.db
  NEO4J_USER=neo4j NEO4J_PASSWORD=… fulcrum backup --store neo4j://localhost:7687 bank.db`,
    )
    .action(async (file: string, options: Options, command: Command) => {
      if (file === "-")
        command.error("error: a backup is a file of pages in no order, so it cannot go to standard output.");
      const address = storeAddress(options);
      const { backUp } = await import("../store/restore.js");
      const { force = false, progress } = options;
      const { revision, hash } = await makeFile(file, { force, never: sqliteFile(address) }, (draft) =>
        backUp(address, draft, progressReporter(progress, "copied")),
      );
      const { size } = await stat(file);
      const megabytes = (size / 1_000_000).toFixed(1);
      const head = hash === "" ? "" : `, head ${revision}:${hash}`;
      process.stderr.write(`backed up revision ${revision} to ${file}: ${megabytes} MB${head}\n`);
    });
