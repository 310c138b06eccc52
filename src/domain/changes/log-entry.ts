import { randomBytes } from "node:crypto";
import { kindOf } from "../ids";
import type { Pacer } from "../pacer";
import { chainFormat, EntryHash } from "./chain";
import type { AppliedChange, Commit, CommitHead } from "./change-set";
import { fieldChangeCount } from "./field-changes";
import { canonicalJson } from "./hash";
import { findableBy } from "./history";
import { type LogPart, PartWriter } from "./log-part";
import { touchedNodes, touchedParts } from "./touched-nodes";

/** All that a store keeps of a commit beside the graph. */
export interface LogEntry {
  readonly head: CommitHead;
  readonly changes: readonly LogPart[];
  readonly nodes: readonly LogPart[];
  /** What a store finds it by. */
  readonly findableBy: ReadonlySet<string>;
}

/** What a commit says of itself. */
export type CommitFacts = Pick<Commit, "revision" | "at" | "actor" | "title" | "draft" | "changes">;

/**
 * Makes the entry of a commit, chained to the entry before it, whose hash is `previous`. Others have their turn meanwhile.
 * `sealedAt`: for entries that are older than the chain.
 */
export async function logEntry(
  { changes, ...facts }: CommitFacts,
  previous: string,
  pacer: Pacer,
  sealedAt?: string,
): Promise<LogEntry> {
  const seal = { format: chainFormat, salt: randomBytes(16).toString("base64url"), ...(sealedAt && { sealedAt }) };
  const parts = await changeParts(changes, pacer);
  const hash = new EntryHash({ ...facts, seal }, previous);
  for (const part of parts) {
    hash.add(part);
    if (pacer.isDue) await pacer.yieldToEventLoop();
  }
  return entryWith({ ...facts, hash: hash.end(), seal }, changes, parts);
}

/** The entry that was made of these changes, chained as it is: its parts and counts follow from the changes. */
export const rebuiltEntry = async (
  chained: ChainedFacts,
  changes: readonly AppliedChange[],
  pacer: Pacer,
): Promise<LogEntry> => entryWith(chained, changes, await changeParts(changes, pacer));

type ChainedFacts = Omit<CommitFacts, "changes"> & Pick<CommitHead, "hash" | "seal">;

function entryWith(
  { revision, at, actor, title, draft, hash, seal }: ChainedFacts,
  changes: readonly AppliedChange[],
  parts: readonly LogPart[],
): LogEntry {
  const nodes = touchedNodes(changes);
  const last = parts.at(-1);
  const head: CommitHead = {
    revision,
    at,
    actor,
    title,
    ...(draft !== undefined && { draft }),
    nodeCount: nodes.length,
    nodeKinds: [...new Set(nodes.map(({ id }) => kindOf(id)))].sort(),
    itemCount: changes.length,
    changeCount: last ? last.before + last.rows : 0,
    bytes: parts.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0),
    hash,
    seal,
  };
  return { head, changes: parts, nodes: touchedParts(nodes), findableBy: findableBy(changes) };
}

async function changeParts(changes: readonly AppliedChange[], pacer: Pacer): Promise<readonly LogPart[]> {
  const writer = new PartWriter();
  for (const change of changes) {
    writer.add(canonicalJson(change), fieldChangeCount(change));
    if (pacer.isDue) await pacer.yieldToEventLoop();
  }
  return writer.end();
}
