import type { Commit } from "../../src/domain/changes/change-set";
import { wholeCommit } from "../../src/domain/changes/read-log";
import type { GraphStore, LogQuery } from "../../src/domain/graph/port";

/** Entries of the log with all that they changed. */
export async function wholeCommits(
  store: Pick<GraphStore, "log" | "parts">,
  query: LogQuery,
): Promise<readonly Commit[]> {
  const heads = await store.log(query);
  return Promise.all(heads.map((head) => wholeCommit(store, head)));
}
