#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { ConfigError } from "../config";
import { DomainError } from "../domain/errors";
import { lintCommand } from "./lint";

const program = new Command("fulcrum")
  .description("A knowledge graph of engineering trade-off questions: serve it, and move its content in and out.")
  .exitOverride()
  .addCommand(lintCommand());
for (const command of program.commands) command.exitOverride();

program.parseAsync().catch((error: unknown) => {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
    return;
  }
  const expected = error instanceof ConfigError || error instanceof DomainError;
  process.stderr.write(`${expected ? error.message : ((error as Error)?.stack ?? error)}\n`);
  process.exitCode = 1;
});
