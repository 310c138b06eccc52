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
 * Publishes a draft as one commit, whole or not at all. Faults of the draft and conflicts with what was published since
 * prevent it; both are looked for at the moment of the commit, and returned in the outcome. Throws NOT_FOUND as
 * `draftFor` does, and CONFLICT if somebody writes to the draft meanwhile.
 */
export async function publishDraft(call: Call, id: string, database: Database): Promise<Outcome> {
  assertMay(call.principal, "publish");
  const draft = await draftFor(call.principal, id, database.drafts, "publish");
  const committed = database.commit(
    // Faults are looked for only here, so that a repeated call returns its first result.
    async (state) => ({ title: draft.title, planned: await publishable(draft, call, state) }),
    { ...commitOptionsOf(call), publishes: { draft: id, version: draft.version } },
  );
  return orRefused(
    committed.then(async ({ revision, changes }) =>
      succeeded({ draft: await database.drafts.draft(id), revision, changes: changes === 0 ? [] : null }),
    ),
  );
}

/** Returns what `publishDraft` would do to the graph that `state` shows. Nothing is written. */
export async function tryPublishing(call: Call, id: string, state: StateReader, database: Database): Promise<Outcome> {
  assertMay(call.principal, "publish");
  const draft = await draftFor(call.principal, id, database.drafts, "publish");
  return orRefused(
    publishable(draft, call, state).then((changes) => succeeded({ draft, changes, preview: [changes] })),
  );
}

/** The changes that publishing the draft makes. Throws a Refusal if there are faults or conflicts. */
async function publishable(draft: Draft, call: Call, state: StateReader): Promise<readonly AppliedChange[]> {
  const faults = draftFaults("publish", draft, call);
  if (faults.length > 0) throw new Refusal(faults);
  const { findings, changes } = await assessed(draft, state);
  if (findings.length > 0) throw new Refusal(findings.map((finding) => ({ ...finding, path: [] })));
  return changes;
}

/** The changes that publishing the draft would make, and all that prevents it: conflicts, then faults of the draft. */
async function assessed(draft: Draft, state: StateReader): Promise<Plan> {
  const plan = await previewOf(draft, state);
  const conflicts = await conflictsOf(draft, plan, state);
  return { changes: plan.changes, findings: [...conflicts.map(conflictFinding), ...plan.findings] };
}
