import { compareText } from "../graph/order";
import type { NodeId } from "../ids";
import type { AppliedChange } from "./change-set";
import { type Happening, happeningOf } from "./field-changes";

/** A node that a commit is about: itself, or by a link that it got, lost or has otherwise now. */
export interface TouchedNode {
  readonly id: NodeId;
  readonly happening: Happening | "LINKED";
}

/** Each node that the changes are about, once, by id. */
export function touchedNodes(changes: readonly AppliedChange[]): readonly TouchedNode[] {
  const found = new Map<NodeId, TouchedNode>();
  for (const change of changes) {
    if ("node" in change) found.set(change.node, { id: change.node, happening: happeningOf(change) });
    else for (const id of [change.from, change.to]) if (!found.has(id)) found.set(id, { id, happening: "LINKED" });
  }
  return [...found.values()].sort((a, b) => compareText(a.id, b.id));
}
