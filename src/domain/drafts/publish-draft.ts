import { assertMay } from "../access/permissions";
import type { AppliedChange } from "../changes/change-set";
import type { Plan } from "../changes/plan-commit";
import type { StateReader } from "../changes/state-reader";
import type { Database } from "../database";
import { type Call, commitOptionsOf, orRefused, type Outcome, Refusal, succeeded } from "./call";
import { conflictFinding, conflictsOf, previewOf } from "./conflicts";
import type { Draft } from "./draft-store";
import { draftFaults, draftFor } from "./own-drafts";

/**
 * Publishes a draft as one commit, whole or not at all. Faults of its own and conflicts with what was published since keep
 * it from being published; both are looked for at the moment of the commit. Throws CONFLICT if it is being written to.
 */
export async function publishDraft(call: Call, id: string, database: Database): Promise<Outcome> {
  assertMay(call.principal, "publish");
  const draft = await draftFor(call.principal, id, database.drafts, "publish");
  const committed = database.commit(
    // Faults are looked for here, and not before, so that a call that comes again has the result that it had.
    async (state) => ({ title: draft.title, planned: await publishable(draft, call, state) }),
    { ...commitOptionsOf(call), publishes: { draft: id, version: draft.version } },
  );
  return orRefused(
    committed.then(async ({ revision, changes }) =>
      succeeded({ draft: await database.drafts.draft(id), revision, changes: changes === 0 ? [] : null }),
    ),
  );
}

/** What `publishDraft` would do to the graph that the reader shows. */
export async function tryPublishing(call: Call, id: string, state: StateReader, database: Database): Promise<Outcome> {
  assertMay(call.principal, "publish");
  const draft = await draftFor(call.principal, id, database.drafts, "publish");
  return orRefused(
    publishable(draft, call, state).then((changes) => succeeded({ draft, changes, preview: [changes] })),
  );
}

/** What publishing the draft changes. Throws a Refusal if anything is in the way. */
async function publishable(draft: Draft, call: Call, state: StateReader): Promise<readonly AppliedChange[]> {
  const faults = draftFaults("publish", draft, call);
  if (faults.length > 0) throw new Refusal(faults);
  const { findings, changes } = await assessed(draft, state);
  if (findings.length > 0) throw new Refusal(findings.map((finding) => ({ ...finding, path: [] })));
  return changes;
}

/** What publishing the draft would change, and everything that is in the way: conflicts, then its own faults. */
async function assessed(draft: Draft, state: StateReader): Promise<Plan> {
  const plan = await previewOf(draft, state);
  const conflicts = await conflictsOf(draft, plan, state);
  return { changes: plan.changes, findings: [...conflicts.map(conflictFinding), ...plan.findings] };
}
