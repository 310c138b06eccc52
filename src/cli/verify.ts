import { randomUUID } from "node:crypto";
import { Command, InvalidArgumentError } from "commander";
import { counted } from "../content/lint-text";
import { type Chain, type ExpectedHead, verifyChain } from "../domain/changes/verify-chain";
import type { Database } from "../domain/database";
import { adopt, type Drift, driftLines, findDrift } from "../domain/drift";
import { type StoreOption, storeOption, withStoreAsItIs } from "./store-option";

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

/**
 * Compares a store's log with its own chain, and the graph with the log. Each mismatch is a line on standard output;
 * what is vouched for goes to standard error. `sound` is true if everything fits. `drift` is null if the chain does not
 * fit, since nothing can be compared with such a log.
 */
export async function reportVerification(
  store: Database,
  wanted?: ExpectedHead,
): Promise<{ readonly sound: boolean; readonly drift: Drift | null }> {
  const chain = await verifyChain(store, wanted);
  const faults = chainFaults(chain, wanted);
  for (const line of faults) process.stdout.write(`${line}\n`);
  for (const line of chainLines(chain)) process.stderr.write(`${line}\n`);
  if (faults.length > 0) return { sound: false, drift: null };
  const drift = await findDrift(store);
  const lines = driftLines(drift);
  for (const line of lines) process.stdout.write(`${line}\n`);
  const agree = `${counted(drift.sound, "item")} as the log has them at revision ${drift.revision}`;
  process.stderr.write(
    lines.length === 0 ? `${agree}\n` : `${agree}, ${drift.items.length + drift.strays.length} not\n`,
  );
  return { sound: lines.length === 0, drift };
}

function chainFaults({ faults, expected }: Chain, wanted: ExpectedHead | undefined): readonly string[] {
  if (faults.length > 0) return faults.map(({ revision, about }) => `entry ${revision} of the log ${about}`);
  if (!wanted || expected !== null) return [];
  const at = wanted.revision === undefined ? "no entry" : `another entry at revision ${wanted.revision}, or none,`;
  return [`the log has ${at} with the hash ${wanted.hash}: it is not the one that this head was taken from`];
}

/** Returns lines that say what the chain vouches for; none if it has faults. */
function chainLines({ faults, head, older }: Chain): readonly string[] {
  if (faults.length > 0) return [];
  const since =
    older &&
    `entries up to ${older.revision} are older than the chain, which vouches for them from ${older.sealedAt} on`;
  return [...(since ? [since] : []), `the log is chained up to ${head.revision}:${head.hash}`];
}
