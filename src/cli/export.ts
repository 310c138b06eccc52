import { Command } from "commander";
import { exportBank, type ExportOptions } from "../content/export-bank";
import { counted } from "../content/lint-text";
import { storeOption, type StoreOption, withStore } from "./store-option";

export const exportCommand = (): Command =>
  new Command("export")
    .description("Write what a store holds as the files of a bank, in canonical form.")
    .argument("<dir>", "the folder to write; made if it is not there")
    .addOption(storeOption())
    .option("--force", "write although the folder holds other things than a bank; they are left alone")
    .option("--prune", "delete files of nodes that the store does not hold")
    .addHelpText(
      "after",
      `
Exit codes: 0 done, 1 failed, 2 wrong usage.

Examples:
  fulcrum export backup
  fulcrum export --prune --store sqlite:./fulcrum.db seed`,
    )
    .action(async (dir: string, options: StoreOption & ExportOptions) => {
      const { written, unchanged, stale } = await withStore(options, (store) => exportBank(store, dir, options));
      for (const path of stale)
        process.stdout.write(
          options.prune ? `deleted ${path}\n` : `not in the store: ${path} (stays without --prune)\n`,
        );
      process.stderr.write(`wrote ${counted(written.length, "file")}, ${unchanged} unchanged\n`);
    });
