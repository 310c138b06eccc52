import { type Change, subjectOf } from "../changes/change-set";
import { type Plan, planChanges } from "../changes/plan-commit";
import type { StateReader } from "../changes/state-reader";
import type { Draft } from "./draft-store";

/**
 * What publishing the draft would change in the graph that the reader shows, and what keeps it from being published. The
 * changes make a whole graph even then: parts at fault, and links to what is gone, are left out.
 */
export const previewOf = async (draft: Pick<Draft, "title" | "changes">, reader: StateReader): Promise<Plan> =>
  planChanges({ title: draft.title, changes: await outstanding(draft.changes, reader) }, reader);

/** The changes without removals of what is gone by now: somebody else has removed it, which is no fault of the draft. */
async function outstanding(changes: readonly Change[], reader: StateReader): Promise<readonly Change[]> {
  const nodes = await reader.nodes(changes.flatMap((change) => (change.op === "removeNode" ? [change.id] : [])));
  const edges = await reader.edges(changes.flatMap((change) => (change.op === "removeEdge" ? [change] : [])));
  const there = new Set<string>([...nodes.keys(), ...edges.keys()]);
  return changes.filter((change) => {
    const subject = subjectOf(change);
    if (change.op === "putNode" || change.op === "putEdge") there.add(subject);
    return !change.op.startsWith("remove") || there.has(subject);
  });
}
