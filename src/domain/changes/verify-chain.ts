import type { Revision } from "../graph/node";
import type { GraphStore } from "../graph/port";
import { Pacer } from "../pacer";
import { type AppliedChange, type CommitHead, emptyHeadId, type HeadId } from "./change-set";
import { EntryHash, rebuiltEntry } from "./log-entry";
import { itemsOfPart, type LogPart } from "./log-part";
import { headsAfter, type Log, partsOfEntry } from "./read-log";

/** An entry of the log that differs from what was chained. */
interface ChainFault {
  readonly revision: Revision;
  /** The fault, as the end of a sentence about the entry, such as "is missing". */
  readonly about: string;
}

export interface Chain {
  /** The first faulty entry; empty if there is none. Entries after it are not checked. */
  readonly faults: readonly ChainFault[];
  /** The newest entry according to the store's head. */
  readonly head: HeadId;
  /** The newest entry older than the chain, and when it was chained (ISO 8601, UTC). Null if there is none. */
  readonly older: { readonly revision: Revision; readonly sealedAt: string } | null;
  /** The revision of the entry that the caller asked for; null if no checked entry has that hash. */
  readonly expected: Revision | null;
}

/** A head that was noted elsewhere: its hash, and its revision if that is known. */
export interface ExpectedHead {
  readonly hash: string;
  readonly revision?: Revision;
}

/**
 * Computes the hash, parts and counts of each entry again from its changes, and compares them with what is stored.
 * Commits that are made meanwhile are not checked.
 */
export async function verifyChain(store: Log & Pick<GraphStore, "head">, wanted?: ExpectedHead): Promise<Chain> {
  const head = await store.head();
  const pacer = new Pacer();
  let previous: HeadId = emptyHeadId;
  let older: Chain["older"] = null;
  let expected: Revision | null = wanted && isWanted(wanted, emptyHeadId) ? 0 : null;
  const found = (faults: readonly ChainFault[]): Chain => ({ faults, head, older, expected });
  for await (const entry of headsAfter(store, 0, head.revision)) {
    const { revision, seal, hash } = entry;
    if (revision !== previous.revision + 1) return found([{ revision: previous.revision + 1, about: "is missing" }]);
    const about = await faultIn(entry, previous.hash, store, pacer);
    if (about !== null) return found([{ revision, about }]);
    if (seal.sealedAt !== undefined) older = { revision, sealedAt: seal.sealedAt };
    if (wanted && isWanted(wanted, entry)) expected = revision;
    previous = { revision, hash };
  }
  if (previous.revision !== head.revision)
    return found([{ revision: previous.revision + 1, about: `is missing, though the head is at ${head.revision}` }]);
  if (previous.hash !== head.hash)
    return found([{ revision: head.revision, about: `has the hash ${previous.hash}, but the head says ${head.hash}` }]);
  return found([]);
}

const isWanted = ({ hash, revision }: ExpectedHead, entry: HeadId): boolean =>
  entry.hash === hash && (revision === undefined || revision === entry.revision);

async function faultIn(entry: CommitHead, previous: string, log: Log, pacer: Pacer): Promise<string | null> {
  const hash = new EntryHash(entry, previous);
  const parts: LogPart[] = [];
  try {
    for await (const part of partsOfEntry(log, entry.revision, "changes")) {
      hash.add(part);
      parts.push(part);
    }
  } catch {
    return "holds changes that cannot be read";
  }
  const made = hash.end();
  if (made !== entry.hash)
    return `has the hash ${entry.hash}, but ${made} follows from what it holds and from the entry before it`;
  const changes = parts.flatMap((part) => itemsOfPart<AppliedChange>(part));
  const again = await rebuiltEntry(entry, changes, pacer);
  if (JSON.stringify(shapeOf(parts)) !== JSON.stringify(shapeOf(again.changes)))
    return "has parts that tell another number of changes than they hold";
  const nodes: LogPart[] = [];
  try {
    for await (const part of partsOfEntry(log, entry.revision, "nodes")) nodes.push(part);
  } catch {
    return "holds nodes that cannot be read";
  }
  const same = (key: "nodeCount" | "itemCount" | "changeCount" | "bytes" | "nodeKinds"): boolean =>
    JSON.stringify(entry[key]) === JSON.stringify(again.head[key]);
  const wrong = (["nodeCount", "itemCount", "changeCount", "bytes", "nodeKinds"] as const).filter((key) => !same(key));
  if (wrong.length > 0) return `tells another ${wrong.join(", ")} than follows from its changes`;
  return JSON.stringify(nodes) === JSON.stringify(again.nodes)
    ? null
    : "tells other nodes than follow from its changes";
}

const shapeOf = (parts: readonly LogPart[]) => parts.map(({ part, before, rows }) => [part, before, rows]);
