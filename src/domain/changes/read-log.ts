import type { Revision } from "../graph/node";
import type { GraphStore } from "../graph/port";
import type { NodeId } from "../ids";
import { EventLoopQueue } from "../pacer";
import type { AppliedChange, Commit, CommitHead } from "./change-set";
import { type FieldChange, fieldChanges } from "./field-changes";
import { itemsOfPart, type LogPart, type PartsOf } from "./log-part";
import { touchedIn, type TouchedNode } from "./touched-nodes";

export type Log = Pick<GraphStore, "log" | "parts">;

/** The number of parts read at once after the first one, which is often enough. */
const partsAtOnce = 4;
const headsAtOnce = 100;

/**
 * Shared by all readers, so that only one part is decoded in a turn of the event loop, whatever request or work it is
 * for.
 */
const queue = new EventLoopQueue();

/** A range of rows: `first` rows after the first `skip`. */
export interface LogRange {
  readonly first: number;
  readonly skip: number;
}

/** All parts of an entry, not decoded, in order. Throws what the store throws for a part that it cannot read. */
export const partsOfEntry = (log: Log, revision: Revision, of: PartsOf): AsyncIterable<LogPart> =>
  partsFrom(log, revision, of, 0);

/** The changes of a commit, part by part, each part decoded when it is asked for. None if there is no such commit. */
export async function* changesOf(log: Log, revision: Revision): AsyncIterable<readonly AppliedChange[]> {
  for await (const part of partsFrom(log, revision, "changes", 0)) yield itemsOfPart<AppliedChange>(part);
}

/** Returns a commit with all its changes, which may be megabytes. */
export async function wholeCommit(log: Log, head: CommitHead): Promise<Commit> {
  const changes: AppliedChange[] = [];
  for await (const some of changesOf(log, head.revision)) for (const change of some) changes.push(change);
  return Object.freeze({ ...head, changes: Object.freeze(changes) });
}

/** The entries after a revision, in order, up to and including `until`. Reads 100 at a time. */
export async function* headsAfter(log: Log, after: Revision, until = Infinity): AsyncIterable<CommitHead> {
  for (;;) {
    const heads = await log.log({ after, first: headsAtOnce });
    for (const head of heads) {
      if (head.revision > until) return;
      yield head;
      after = head.revision;
    }
    if (heads.length < headsAtOnce) return;
  }
}

/** A range of the field changes of a commit. Decodes only the parts that hold the range. */
export async function fieldChangesOf(log: Log, revision: Revision, stretch: LogRange): Promise<readonly FieldChange[]> {
  return rowsIn(log, revision, "changes", stretch, (part) => fieldChanges(itemsOfPart<AppliedChange>(part)));
}

/** A range of the nodes that a commit is about, by id. Decodes only the parts that hold the range. */
export async function touchedBy(log: Log, revision: Revision, stretch: LogRange): Promise<readonly TouchedNode[]> {
  return rowsIn(log, revision, "nodes", stretch, touchedIn);
}

/** The change of a node by a commit; null if the commit is not about the node. */
export async function touchOf(log: Log, revision: Revision, id: NodeId): Promise<TouchedNode | null> {
  for await (const part of partsFrom(log, revision, "nodes", 0)) {
    const nodes = touchedIn(part);
    const found = nodes.find((node) => node.id === id);
    if (found) return found;
  }
  return null;
}

async function rowsIn<T>(
  log: Log,
  revision: Revision,
  of: PartsOf,
  { first, skip }: LogRange,
  decoded: (part: LogPart) => readonly T[],
): Promise<readonly T[]> {
  const rows: T[] = [];
  for await (const part of partsFrom(log, revision, of, skip, first)) {
    const start = Math.max(skip - part.before, 0);
    rows.push(...decoded(part).slice(start, start + first - rows.length));
  }
  return rows;
}

/**
 * The parts from the one that holds row `from`, until they hold `first` rows. Each part has its own turn of the event
 * loop.
 */
async function* partsFrom(
  log: Log,
  revision: Revision,
  of: PartsOf,
  from: number,
  first = Infinity,
): AsyncIterable<LogPart> {
  for (let next = from, wanted = 1; next < from + first; wanted = partsAtOnce) {
    const parts = await log.parts({ revision, of, from: next, first: wanted });
    for (const part of parts) {
      await queue.turn();
      yield part;
      next = part.before + part.rows;
      if (next >= from + first) return;
    }
    if (parts.length < wanted) return;
  }
}
