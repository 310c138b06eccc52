import type { AppliedChange, Commit } from "./change-set";
import { subjectOf } from "./subject";

/**
 * What takes the commits back, which follow each other: each item that they changed, from what the last of them left to what
 * the first of them found. In the order in which the items were first changed.
 */
export function undone(commits: readonly Pick<Commit, "changes">[]): readonly AppliedChange[] {
  const bySubject = new Map<string, AppliedChange>();
  for (const { changes } of commits) {
    for (const change of changes) {
      const subject = subjectOf(change);
      const first = bySubject.get(subject);
      bySubject.set(subject, {
        ...change,
        before: change.after,
        after: first ? first.after : change.before,
      } as AppliedChange);
    }
  }
  return [...bySubject.values()];
}
