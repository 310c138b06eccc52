#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { version } from "../project";
import { failureText } from "../domain/errors";
import { backupCommand } from "./backup";
import { documentsCommand } from "./documents";
import { exportCommand } from "./export";
import { generateCommand } from "./generate";
import { importCommand } from "./import";
import { keysCommand } from "./keys";
import { lintCommand } from "./lint";
import { migrateCommand } from "./migrate";
import { restoreCommand } from "./restore";
import { reviewsCommand } from "./reviews";
import { serveCommand } from "./serve";
import { verifyCommand } from "./verify";

const program = new Command("fulcrum")
  .description("A knowledge graph of engineering trade-off questions: serve it, and move its content in and out.")
  .version(version, "-V, --version", "print the version")
  .showHelpAfterError("Add --help for how to use it.")
  .exitOverride();
for (const command of [
  serveCommand,
  migrateCommand,
  importCommand,
  exportCommand,
  lintCommand,
  reviewsCommand,
  documentsCommand,
  verifyCommand,
  backupCommand,
  restoreCommand,
  keysCommand,
  generateCommand,
]) {
  const added = command().copyInheritedSettings(program);
  for (const inner of added.commands) inner.copyInheritedSettings(added);
  program.addCommand(added);
}

program.parseAsync().catch((error: unknown) => {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
    return;
  }
  process.stderr.write(`${failureText(error)}\n`);
  process.exitCode = 1;
});
