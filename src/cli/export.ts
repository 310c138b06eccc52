import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Command, Option } from "commander";
import { exportBank, type ExportOptions } from "../content/export-bank";
import { counted } from "../content/lint-text";
import { exportRecords } from "../content/records/export-records";
import type { GraphStore } from "../domain/graph/port";
import { storeOption, type StoreOption, withStore } from "./store-option";

interface Options extends StoreOption, ExportOptions {
  readonly format?: "files" | "jsonl";
}

export const exportCommand = (): Command =>
  new Command("export")
    .description("Write what a store holds as the files of a bank, in canonical form, or as records in JSON Lines.")
    .argument("<target>", "the folder to write, made if it is not there; for records a file, or - for standard output")
    .addOption(storeOption())
    .addOption(
      new Option(
        "--format <format>",
        "files of a bank, or a record a line (default: jsonl for - and for names that end in .jsonl, else files)",
      ).choices(["files", "jsonl"]),
    )
    .option("--force", "write although the folder holds other things than a bank; they are left alone")
    .option("--prune", "delete files of nodes that the store does not hold")
    .addHelpText(
      "after",
      `
Exit codes: 0 done, 1 failed, 2 wrong usage.

Examples:
  fulcrum export backup
  fulcrum export --prune --store sqlite:./fulcrum.db seed
  fulcrum export bank.jsonl
  fulcrum export - | gzip > bank.jsonl.gz`,
    )
    .action(async (target: string, options: Options, command: Command) => {
      const { format = /^-$|\.jsonl$/.test(target) ? "jsonl" : "files" } = options;
      if (format === "files") return exportFiles(target, options);
      if (options.force || options.prune) command.error("error: --force and --prune go with files, not with jsonl.");
      const { records, isOneRevision } = await withStore(options, (store) => exportLines(store, target));
      if (!isOneRevision) process.stderr.write("the store changed meanwhile: the records are of several revisions\n");
      process.stderr.write(`wrote ${counted(records, "record")}\n`);
    });

async function exportFiles(dir: string, options: Options): Promise<void> {
  const { written, unchanged, stale } = await withStore(options, (store) => exportBank(store, dir, options));
  for (const path of stale)
    process.stdout.write(options.prune ? `deleted ${path}\n` : `not in the store: ${path} (stays without --prune)\n`);
  process.stderr.write(`wrote ${counted(written.length, "file")}, ${unchanged} unchanged\n`);
}

/** Writes records to a file, which appears only when it is whole, or to standard output. */
async function exportLines(store: GraphStore, target: string) {
  if (target === "-") return exportRecords(store, createWriteStream("", { fd: process.stdout.fd, autoClose: false }));
  const draft = `${target}.${process.pid}.tmp`;
  try {
    const done = await exportRecords(store, createWriteStream(draft));
    await rename(draft, target);
    return done;
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
