import { randomUUID } from "node:crypto";
import { Command, InvalidArgumentError } from "commander";
import type { ExpectedHead } from "../domain/changes/verify-chain";
import { adopt } from "../domain/drift";
import { reportVerification } from "./report-verification";
import { storeOption, type StoreOption, withStoreAsItIs } from "./store-option";

export const verifyCommand = (): Command =>
  new Command("verify")
    .description("Compare the graph with the log of commits, and tell what other programs have changed.")
    .addOption(storeOption())
    .option(
      "--head <hash>",
      "the head as it was kept elsewhere, as HASH or REVISION:HASH; the log must hold it",
      readHead,
    )
    .option("--adopt", "commit what was changed, so that graph and log agree again")
    .addHelpText(
      "after",
      `
Edits in a database browser go past the log: history, undo and servers that follow the log do not know of them.
Adopted, they become a commit like any other, if a commit could have made them.

Without --adopt nothing is written. A store of an older format is refused: fulcrum migrate brings it to the one of this
version, so back up first, or let the older version verify it.

Entries of the log are chained by hash: the first one that is not what it was is named. Whoever can write to the store can
chain anew whatever they have changed, so keep the head's hash elsewhere (it is printed) and give it back with --head.

Exit codes: 0 they agree, or do so now, 1 they do not, or a failure, 2 wrong usage.

Examples:
  fulcrum verify
  fulcrum verify --head 206:5e1f…
  fulcrum verify --adopt --store neo4j://localhost:7687`,
    )
    .action(async (options: StoreOption & { readonly adopt?: true; readonly head?: ExpectedHead }) => {
      await withStoreAsItIs(options, async (store) => {
        const { sound, drift } = await reportVerification(store, options.head);
        if (sound) return;
        if (!options.adopt || !drift) {
          process.exitCode = 1;
          return;
        }
        const { revision } = await adopt(store, drift, randomUUID());
        process.stderr.write(`adopted in revision ${revision}\n`);
      });
    });

function readHead(text: string): ExpectedHead {
  const [, revision, hash] = /^(?:(\d{1,15}):)?([0-9a-f]{64})$/.exec(text) ?? [];
  if (hash === undefined)
    throw new InvalidArgumentError("It must be 64 hexadecimal digits, or a revision, : and those.");
  return { hash, ...(revision !== undefined && { revision: Number(revision) }) };
}
