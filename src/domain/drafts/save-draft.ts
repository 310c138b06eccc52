import { assertMay, type DraftAction } from "../access/permissions";
import { overlaidState } from "../changes/overlaid-state";
import type { StateReader } from "../changes/state-reader";
import type { Database } from "../database";
import { DomainError } from "../errors";
import { type Call, type Outcome, refused, repeatKeyOf, succeeded } from "./call";
import { previewOf } from "./conflicts";
import type { Draft, DraftStore } from "./draft-store";
import { editFaults, type EditRequest, planned } from "./edit-graph";
import { extended } from "./extend-draft";
import { draftFaults, draftFor } from "./own-drafts";

const tries = 5;

/**
 * Computes from a draft either its next version, with the outcome of the call, or the outcome of a call that saves
 * nothing.
 */
type Rewrite = (draft: Draft) => Promise<{ readonly next: Draft; readonly outcome: Outcome } | Outcome>;

/**
 * Rewrites a draft, if the principal may do this with it and its status allows it. A repeated call (same key, same
 * input) returns the draft and saves nothing. If somebody else has saved the draft meanwhile, the rewrite is done again
 * on their version, up to five times in all.
 * Throws NOT_FOUND as `draftFor` does, and CONFLICT after the last try. A forbidden status is a fault of the outcome.
 */
export async function rewriteDraft(
  call: Call,
  action: DraftAction,
  id: string,
  drafts: DraftStore,
  rewrite: Rewrite,
): Promise<Outcome> {
  assertMay(call.principal, action);
  const repeat = repeatKeyOf(call);
  for (let attempt = 1; ; attempt++) {
    const draft = await draftFor(call.principal, id, drafts, action);
    const replayed = succeeded({ draft });
    if (repeat && (await drafts.resultOf(repeat)) !== null) return replayed;
    const faults = draftFaults(action, draft, call);
    if (faults.length > 0) return refused(faults);
    const rewritten = await rewrite(draft);
    if (!("next" in rewritten)) return rewritten;
    const { next, outcome } = rewritten;
    try {
      const saved = await drafts.save(next, repeat && { ...repeat, result: JSON.stringify(id) });
      return saved.replayed === null ? { ...outcome, draft: next } : replayed;
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== "CONFLICT" || attempt === tries) throw error;
    }
  }
}

export const nextVersion = (draft: Draft, { now }: Call, changes: Partial<Draft>): Draft => ({
  ...draft,
  ...changes,
  version: draft.version + 1,
  updatedAt: now.toISOString(),
});

/**
 * Writes an edit into a draft, on top of what is published and what the draft holds by now. A draft that was submitted
 * or approved is reopened; one with requested changes keeps its status. A dry run returns what the edit would change,
 * and saves nothing.
 */
export const editDraft = (
  call: Call,
  id: string,
  request: EditRequest & { readonly dryRun: boolean },
  published: StateReader,
  database: Database,
): Promise<Outcome> =>
  rewriteDraft(call, "edit", id, database.drafts, async (draft) => {
    const before = await previewOf(draft, published);
    const seen = overlaidState(published, before.changes);
    const composed = await request.edit(seen);
    const { plan, stale } = await planned(composed, request, seen, database);
    const faults = editFaults(composed, [...stale, ...plan.findings], "draft");
    if (faults.length > 0) return refused(faults);

    const outcome = succeeded({ draft, changes: plan.changes, preview: [before.changes, plan.changes] });
    if (request.dryRun) return outcome;
    const status = draft.status === "CHANGES_REQUESTED" ? draft.status : "OPEN";
    const editedBy = [...new Set([...(draft.editedBy ?? []), call.principal.id])];
    const written = await extended(draft, composed.changes, published, seen);
    const next = nextVersion(draft, call, { status, editedBy, ...written });
    return { next, outcome };
  });
