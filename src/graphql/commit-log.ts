import type { Commit, CommitHead } from "../domain/changes/change-set";
import type { FieldChange } from "../domain/changes/field-changes";
import type { History, HistoryPage } from "../domain/changes/log-part";
import { fieldChangesOf, type Log, type LogRange, touchedBy, wholeCommit } from "../domain/changes/read-log";
import type { TouchedNode } from "../domain/changes/touched-nodes";
import type { Revision } from "../domain/graph/node";
import type { GraphStore, LogQuery } from "../domain/graph/port";
import type { NodeId } from "../domain/ids";

/** Called with the length of each part of the log that is read, before it is decoded. What it throws ends the reading. */
type PartRead = (characters: number) => void;

/** What resolvers know of the commits that led to the graph of the request. */
export interface CommitLog {
  /** In order. */
  entries(query: LogQuery): Promise<readonly CommitHead[]>;
  /** Null if there is no commit of this number. */
  entry(revision: Revision): Promise<CommitHead | null>;
  /** The commits that changed a node, what it owns or the links in its file, newest first. */
  history(id: NodeId, page: HistoryPage): Promise<History>;
  /** A stretch of what a commit changed; only the parts of the log that hold it are decoded. */
  fieldChanges(revision: Revision, stretch: LogRange, partRead?: PartRead): Promise<readonly FieldChange[]>;
  /** A stretch of the nodes that a commit is about, by id. */
  touched(revision: Revision, stretch: LogRange, partRead?: PartRead): Promise<readonly TouchedNode[]>;
  /** A commit with all that it changed, for what undoes it. Null if there is no commit of this number. */
  whole(revision: Revision, partRead?: PartRead): Promise<Commit | null>;
}

/** The store's log, for one request: an entry is read once. With `until`, it ends at that revision. */
export function commitLog(
  store: Pick<GraphStore, "history" | "log" | "parts">,
  until = Number.MAX_SAFE_INTEGER - 1,
): CommitLog {
  const known = new Map<Revision, Promise<CommitHead | null>>();
  const read = async (revision: Revision): Promise<CommitHead | null> => {
    const [head] = await store.log({ after: revision - 1, first: 1 });
    return head?.revision === revision ? head : null;
  };
  const entry = (revision: Revision): Promise<CommitHead | null> => {
    if (revision < 1 || revision > until) return Promise.resolve(null);
    const head = known.get(revision) ?? read(revision);
    known.set(revision, head);
    return head;
  };
  return {
    entries: (query) => store.log({ ...query, before: Math.min(query.before ?? Infinity, until + 1) }),
    entry,
    history: (id, { before = Infinity, first }) =>
      store.history(id, { first, ...limited(Math.min(before, until + 1)) }),
    fieldChanges: (revision, stretch, partRead) => fieldChangesOf(watched(store, partRead), revision, stretch),
    touched: (revision, stretch, partRead) => touchedBy(watched(store, partRead), revision, stretch),
    whole: async (revision, partRead) => {
      const head = await entry(revision);
      return head && wholeCommit(watched(store, partRead), head);
    },
  };
}

const watched = (log: Log, partRead: PartRead = () => undefined): Log => ({
  log: (query) => log.log(query),
  parts: async (query) => {
    const parts = await log.parts(query);
    for (const { text } of parts) partRead(text.length);
    return parts;
  },
});

const limited = (before: number) => (Number.isSafeInteger(before) ? { before } : {});
