import type { LastChange } from "../../domain/graph/port";
import type { Revision } from "../../domain/graph/node";
import { lastChangesStatements } from "./cypher/last-changes";
import type { Run } from "./driver/writes";

const subjectsAtOnce = 2_000;

/** See `GraphStore.lastChanges`; in a transaction or outside of one, as `run` does it. */
export async function lastChangesBy(run: Run, subjects: readonly string[]): Promise<ReadonlyMap<string, LastChange>> {
  const found = new Map<string, LastChange>();
  for (let start = 0; start < subjects.length; start += subjectsAtOnce) {
    const statements = lastChangesStatements(subjects.slice(start, start + subjectsAtOnce));
    for (const rows of await Promise.all(statements.map(run))) {
      for (const [subject, value] of rows) {
        const [revision, kind, name, removed] = value as [Revision, LastChange["actor"]["kind"], string, boolean];
        found.set(subject as string, Object.freeze({ revision, actor: Object.freeze({ kind, name }), removed }));
      }
    }
  }
  return found;
}
