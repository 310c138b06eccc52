import type { Revision } from "../graph/node";
import type { GraphStore } from "../graph/port";
import type { NodeId } from "../ids";
import { EventLoopQueue } from "../pacer";
import type { AppliedChange, Commit, CommitHead } from "./change-set";
import { type FieldChange, fieldChanges } from "./field-changes";
import { itemsOfPart, type LogPart, type PartsOf } from "./log-part";
import { touchedIn, type TouchedNode } from "./touched-nodes";

/** What reads of the log need of a store. */
export type Log = Pick<GraphStore, "log" | "parts">;

/** How many parts are read together after the first one, which often is enough. */
const partsAtOnce = 4;
const headsAtOnce = 100;

/** Whoever decodes parts, whichever request or work it is for, does so one part a turn of the event loop. */
const queue = new EventLoopQueue();

/** A stretch of rows. */
export interface LogRange {
  readonly first: number;
  readonly skip: number;
}

/** All parts of an entry as they are kept. Throws what the store throws for one that cannot be read. */
export const partsOfEntry = (log: Log, revision: Revision, of: PartsOf): AsyncIterable<LogPart> =>
  partsFrom(log, revision, of, 0);

/** The changes of a commit, part by part, each decoded when it is asked for. None for a commit that is not there. */
export async function* changesOf(log: Log, revision: Revision): AsyncIterable<readonly AppliedChange[]> {
  for await (const part of partsFrom(log, revision, "changes", 0)) yield itemsOfPart<AppliedChange>(part);
}

/** A commit with all of its changes, which may be megabytes. */
export async function wholeCommit(log: Log, head: CommitHead): Promise<Commit> {
  const changes: AppliedChange[] = [];
  for await (const some of changesOf(log, head.revision)) for (const change of some) changes.push(change);
  return Object.freeze({ ...head, changes: Object.freeze(changes) });
}

/** The entries after a revision, in order, read in stretches; at most up to `until`. */
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

/** A stretch of what a commit did, field by field. Only the parts that hold it are decoded. */
export async function fieldChangesOf(log: Log, revision: Revision, stretch: LogRange): Promise<readonly FieldChange[]> {
  return rowsIn(log, revision, "changes", stretch, (part) => fieldChanges(itemsOfPart<AppliedChange>(part)));
}

/** A stretch of the nodes that a commit is about, by id. Only the parts that hold it are decoded. */
export async function touchedBy(log: Log, revision: Revision, stretch: LogRange): Promise<readonly TouchedNode[]> {
  return rowsIn(log, revision, "nodes", stretch, touchedIn);
}

/** What a commit did to a node; null if it is not about it. */
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

/** The parts from the one that holds a row on, each in a turn of the event loop of its own, until they hold `first` rows. */
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
