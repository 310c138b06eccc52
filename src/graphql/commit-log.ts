import type { Commit, CommitHead } from "../domain/changes/change-set";
import type { HistoryPage } from "../domain/changes/history";
import type { Revision } from "../domain/graph/node";
import type { NodeId } from "../domain/ids";
import type { GraphStore, LogQuery } from "../domain/graph/port";

/** What resolvers know of the commits that led to the graph of the request. */
export interface CommitLog {
  /** In order. */
  entries(query: LogQuery): Promise<readonly CommitHead[]>;
  /** Null if there is no commit of this number. */
  commit(revision: Revision): Promise<Commit | null>;
  /** The commits that changed a node, what it owns or the links in its file, newest first. */
  history(id: NodeId, page: HistoryPage): Promise<readonly Commit[]>;
}

/** The store's log, for one request: a commit is read once. With `until`, it ends at that revision. */
export function commitLog(
  store: Pick<GraphStore, "commits" | "history" | "log">,
  until = Number.MAX_SAFE_INTEGER - 1,
): CommitLog {
  const known = new Map<Revision, Promise<Commit | null>>();
  const read = async (revision: Revision): Promise<Commit | null> => {
    const [commit] = await store.commits({ after: revision - 1, first: 1 });
    return commit?.revision === revision ? commit : null;
  };
  return {
    entries: (query) => store.log({ ...query, before: Math.min(query.before ?? Infinity, until + 1) }),
    history: (id, { before = Infinity, first }) =>
      store.history(id, { first, ...limited(Math.min(before, until + 1)) }),
    commit: (revision) => {
      if (revision < 1 || revision > until) return Promise.resolve(null);
      const commit = known.get(revision) ?? read(revision);
      known.set(revision, commit);
      return commit;
    },
  };
}

const limited = (before: number) => (Number.isSafeInteger(before) ? { before } : {});
