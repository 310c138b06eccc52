import type { StateReader } from "../changes/state-reader";
import type { Database } from "../database";
import type { Plan } from "../changes/plan-commit";
import { ChangeSetError } from "../errors";
import { type Call, commitOptionsOf, type Outcome, refused, succeeded } from "./call";
import { conflictFinding, conflictsOf } from "./conflicts";
import type { Draft } from "./draft-store";
import type { Fault } from "./fault";
import { draftFor, ownershipFaults, statusFaults, unfinished } from "./own-drafts";
import { previewOf } from "./preview";

/**
 * Publishes a draft as one commit, whole or not at all. Faults of its own and conflicts with what was published since keep
 * it from being published; both are looked for at the moment of the commit. Throws CONFLICT if it is being written to.
 */
export async function publishDraft(call: Call, id: string, database: Database): Promise<Outcome> {
  const draft = await draftFor(call.principal, id, database.drafts);
  let closed: readonly Fault[] = [];
  try {
    const { revision, changes } = await database.commit(
      async (state) => {
        // Here, and not before, so that a call that comes again has the result that it had.
        closed = publishingFaults(draft, call);
        if (closed.length > 0) throw new ChangeSetError([]);
        const { findings, changes: planned } = await assessed(draft, state);
        if (findings.length > 0) throw new ChangeSetError(findings);
        return { title: draft.title, planned };
      },
      { ...commitOptionsOf(call), publishes: { draft: id, version: draft.version } },
    );
    return succeeded({ draft: await database.drafts.draft(id), revision, changes: changes === 0 ? [] : null });
  } catch (error) {
    if (!(error instanceof ChangeSetError)) throw error;
    return refused(closed.length > 0 ? closed : error.findings.map((finding) => ({ ...finding, path: [] })));
  }
}

/** What `publishDraft` would do to the graph that the reader shows. */
export async function tryPublishing(call: Call, id: string, state: StateReader, database: Database): Promise<Outcome> {
  const draft = await draftFor(call.principal, id, database.drafts);
  const closed = publishingFaults(draft, call);
  if (closed.length > 0) return refused(closed);
  const { findings, changes } = await assessed(draft, state);
  if (findings.length > 0) return refused(findings.map((finding) => ({ ...finding, path: [] })));
  return succeeded({ draft, changes, preview: [changes] });
}

const publishingFaults = (draft: Draft, call: Call): readonly Fault[] => [
  ...statusFaults(draft, unfinished, "published"),
  ...ownershipFaults(draft, call, "published"),
];

/** What publishing the draft would change, and everything that is in the way: conflicts, then its own faults. */
async function assessed(draft: Draft, state: StateReader): Promise<Plan> {
  const plan = await previewOf(draft, state);
  const conflicts = await conflictsOf(draft, plan, state);
  return { changes: plan.changes, findings: [...conflicts.map(conflictFinding), ...plan.findings] };
}
