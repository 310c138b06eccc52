import { Command } from "commander";
import { storeOption, type StoreOption, withStore } from "./store-option";

export const migrateCommand = (): Command =>
  new Command("migrate")
    .description("Set up a store, or bring it to the format of this version. Safe to repeat.")
    .addOption(storeOption())
    .addHelpText(
      "after",
      `
Exit codes: 0 done, 1 failed, 2 wrong usage.

Examples:
  fulcrum migrate
  NEO4J_USER=neo4j NEO4J_PASSWORD=… fulcrum migrate --store neo4j://localhost:7687`,
    )
    .action(async (options: StoreOption) => {
      await withStore(options, (store) => store.ping());
      process.stderr.write("the store is set up\n");
    });
