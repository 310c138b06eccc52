import { counted } from "../content/lint-text";
import { type Chain, type ExpectedHead, verifyChain } from "../domain/changes/verify-chain";
import type { Database } from "../domain/database";
import { type Drift, driftLines, findDrift } from "../domain/drift";

/**
 * Compares a store's log with its own chain, and the graph with the log. What does not fit goes to standard output, a line
 * each; what is vouched for goes to standard error. `sound`: all fits. `drift` is null where the chain does not, since
 * nothing can be compared with such a log.
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

/** What does not fit, a line each. */
function chainFaults({ faults, expected }: Chain, wanted: ExpectedHead | undefined): readonly string[] {
  if (faults.length > 0) return faults.map(({ revision, about }) => `entry ${revision} of the log ${about}`);
  if (!wanted || expected !== null) return [];
  const at = wanted.revision === undefined ? "no entry" : `another entry at revision ${wanted.revision}, or none,`;
  return [`the log has ${at} with the hash ${wanted.hash}: it is not the one that this head was taken from`];
}

/** What the chain vouches for. */
function chainLines({ faults, head, older }: Chain): readonly string[] {
  if (faults.length > 0) return [];
  const since =
    older &&
    `entries up to ${older.revision} are older than the chain, which vouches for them from ${older.sealedAt} on`;
  return [...(since ? [since] : []), `the log is chained up to ${head.revision}:${head.hash}`];
}
