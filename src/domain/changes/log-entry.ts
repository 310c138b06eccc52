import { createHash, randomBytes } from "node:crypto";
import { kindOf } from "../ids";
import type { Pacer } from "../pacer";
import type { AppliedChange, Commit, CommitHead } from "./change-set";
import { fieldChangeCount } from "./field-changes";
import { canonicalJson } from "./hash";
import { findableBy } from "./history";
import { type LogPart, PartWriter } from "./log-part";
import { touchedNodes, touchedParts } from "./touched-nodes";

/** All that a store keeps of a commit, apart from the graph. */
export interface LogEntry {
  readonly head: CommitHead;
  readonly changes: readonly LogPart[];
  readonly nodes: readonly LogPart[];
  /** The texts that a store finds the entry by, see `findableBy`. */
  readonly findableBy: ReadonlySet<string>;
}

type CommitFacts = Pick<Commit, "revision" | "at" | "actor" | "title" | "draft" | "changes">;

/**
 * Makes the entry of a commit, chained to the entry before it. Yields to the event loop while it works.
 * `previous` is the hash of the entry before it, "" for the first entry. `sealedAt` is given only for entries older
 * than the chain.
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

/**
 * Rebuilds an entry from its changes. Its parts and counts follow from the changes; its hash and seal are the given
 * ones.
 */
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

/** The number of the hash format in use. */
const chainFormat = 1;

/** The content that the hash of an entry covers, apart from its changes and the entry before it. */
type Sealed = Pick<CommitHead, "revision" | "at" | "actor" | "title" | "draft" | "seal">;

/**
 * The hash of an entry: SHA-256 of the canonical JSON of `{actor, at, changes, draft, format, previous, revision, salt,
 * sealedAt, title}`, in hexadecimal digits. `previous` is the hash of the entry before it, "" for the first entry.
 * Absent keys are left out. The hash is made part by part, since the changes of a large commit take longer than one
 * turn of the event loop.
 *
 * @example
 * const hash = new EntryHash(entry, previous);
 * for (const part of parts) hash.add(part);
 * hash.end();
 */
export class EntryHash {
  private readonly hash = createHash("sha256");
  private isFirst = true;

  constructor(
    private readonly entry: Sealed,
    private readonly previous: string,
  ) {
    const { actor, at } = entry;
    this.hash.update(
      `${canonicalJson({ actor: { kind: actor.kind, name: actor.name }, at }).slice(0, -1)},"changes":[`,
    );
  }

  /** Adds the next part of the changes. Parts must come in order. */
  add({ text }: Pick<LogPart, "text">): void {
    this.hash.update(this.isFirst ? text.slice(1, -1) : `,${text.slice(1, -1)}`);
    this.isFirst = false;
  }

  end(): string {
    const { draft, revision, title, seal } = this.entry;
    const { format, salt, sealedAt } = seal;
    const rest = { draft, format, previous: this.previous, revision, salt, sealedAt, title };
    return this.hash.update(`],${canonicalJson(rest).slice(1)}`).digest("hex");
  }
}
