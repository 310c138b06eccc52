import type { Composed, Edit } from "../changes/compose/composition";
import { type Plan, planChanges } from "../changes/plan-commit";
import type { StateReader } from "../changes/state-reader";
import { ChangeSetError, type Finding } from "../errors";
import type { Revision } from "../graph/node";
import type { GraphStore, LastChanges } from "../graph/port";
import { type Call, commitOptionsOf, type Outcome, refused, succeeded } from "./call";
import { editFaults, staleFindings } from "./edit-faults";

/** An edit and how it is to be done. */
export interface EditRequest {
  readonly edit: Edit;
  /** What the log calls it, where it is published at once. */
  readonly title: string;
  /** The revision at which the author saw what the edit changes; null: what it was does not matter. */
  readonly expectedRevision: Revision | null;
}

/** Publishes an edit at once: it is composed of what is there at the moment of the commit. */
export async function editGraph(call: Call, request: EditRequest, store: GraphStore): Promise<Outcome> {
  const { edit, title, expectedRevision } = request;
  let composed: Composed | undefined;
  try {
    const { revision, changes } = await store.commit(async (state, log) => {
      composed = await edit(state);
      // What the commit's own checks would not find; with it, the author learns of all that they would.
      if (composed.findings.length > 0 || expectedRevision !== null) {
        const { plan, stale } = await planned(composed, request, state, log);
        const findings = [...stale, ...plan.findings];
        if (composed.findings.length > 0 || findings.length > 0) throw new ChangeSetError(findings);
        return { title, planned: plan.changes };
      }
      return { title, changes: composed.changes };
    }, commitOptionsOf(call));
    return succeeded({ revision, changes: changes === 0 ? [] : null });
  } catch (error) {
    if (!(error instanceof ChangeSetError) || !composed) throw error;
    return refused(editFaults(composed, error.findings, "graph"));
  }
}

/** What `editGraph` would do to the graph that the reader shows. */
export async function tryEdit(request: EditRequest, state: StateReader, log: LastChanges): Promise<Outcome> {
  const composed = await request.edit(state);
  const { plan, stale } = await planned(composed, request, state, log);
  const faults = editFaults(composed, [...stale, ...plan.findings], "graph");
  return faults.length > 0 ? refused(faults) : succeeded({ changes: plan.changes, preview: [plan.changes] });
}

/** What the composed edit would do, and what of it was done by others meanwhile. */
export async function planned(
  composed: Composed,
  { expectedRevision }: Pick<EditRequest, "expectedRevision">,
  state: StateReader,
  log: LastChanges,
): Promise<{ readonly plan: Plan; readonly stale: readonly Finding[] }> {
  const plan = await planChanges({ title: "", changes: composed.changes }, state);
  return { plan, stale: expectedRevision === null ? [] : await staleFindings(plan, expectedRevision, log) };
}
