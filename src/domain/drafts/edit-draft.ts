import { overlaidState } from "../changes/overlaid-state";
import type { StateReader } from "../changes/state-reader";
import type { Database } from "../database";
import { type Call, type Outcome, refused, succeeded } from "./call";
import { editFaults, type EditRequest, planned } from "./edit-graph";
import { extended } from "./extend-draft";
import { previewOf } from "./preview";
import { nextVersion, rewriteDraft } from "./save-draft";

/**
 * Writes an edit into a draft, on top of what is published and what the draft holds by now. A draft that was submitted or
 * approved is open again. A dry run tells what the edit would change, and saves nothing.
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
