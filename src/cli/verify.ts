import { randomUUID } from "node:crypto";
import { Command } from "commander";
import { counted } from "../content/lint-text";
import { adopt, driftLines, findDrift } from "../domain/drift";
import { storeOption, type StoreOption, withStore } from "./store-option";

export const verifyCommand = (): Command =>
  new Command("verify")
    .description("Compare the graph with the log of commits, and tell what other programs have changed.")
    .addOption(storeOption())
    .option("--adopt", "commit what was changed, so that graph and log agree again")
    .addHelpText(
      "after",
      `
Edits in a database browser go past the log: history, undo and servers that follow the log do not know of them.
Adopted, they become a commit like any other, if a commit could have made them.

Exit codes: 0 they agree, or do so now, 1 they do not, or a failure, 2 wrong usage.

Examples:
  fulcrum verify
  fulcrum verify --adopt --store neo4j://localhost:7687`,
    )
    .action(async (options: StoreOption & { readonly adopt?: true }) => {
      await withStore(options, async (store) => {
        const drift = await findDrift(store);
        const lines = driftLines(drift);
        for (const line of lines) process.stdout.write(`${line}\n`);
        const agree = `${counted(drift.sound, "item")} as the log has them at revision ${drift.revision}`;
        process.stderr.write(
          lines.length === 0 ? `${agree}\n` : `${agree}, ${drift.items.length + drift.strays.length} not\n`,
        );
        if (lines.length === 0) return;
        if (!options.adopt) {
          process.exitCode = 1;
          return;
        }
        const { revision } = await adopt(store, drift, randomUUID());
        process.stderr.write(`adopted in revision ${revision}\n`);
      });
    });
