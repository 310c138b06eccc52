import type { EdgeState } from "../../domain/changes/change-set";
import { edgeSubject } from "../../domain/graph/node";
import { type NodeId, ownerIdOf } from "../../domain/ids";
import type { EdgeKindSpec } from "../../domain/ontology/edge-kind";
import { edgeKinds } from "../../domain/ontology/edge-kinds";
import type { KeptItem } from "./keep-edits";
import { goesWith } from "./link-holder";

export interface Removals {
  /** Nodes to remove; what is nested under them goes with them and is not named. */
  readonly nodes: readonly NodeId[];
  readonly kept: readonly KeptItem[];
}

/**
 * Which of the `gone` nodes can be removed: all but those that a person has edited, that hold such a thing, or to which
 * some of the `staying` links lead from elsewhere.
 */
export function removals(
  gone: readonly NodeId[],
  staying: readonly EdgeState[],
  edited: ReadonlySet<string>,
): Removals {
  const leaving = new Set(gone);
  const kept: KeptItem[] = [];
  const parents = new Map<NodeId, NodeId>();
  for (const edge of staying) if ((edgeKinds[edge.edge] as EdgeKindSpec).nests) parents.set(edge.to, edge.from);

  function keep(id: NodeId, why: string): void {
    if (!leaving.delete(id)) return;
    kept.push({ subject: id, why });
    const parent = parents.get(id);
    if (parent) keep(parent, `it holds ${id}`);
    // An owner that stays keeps the rest of its file: nothing says any more what should become of it.
    if (ownerIdOf(id) === id) for (const other of [...leaving]) if (ownerIdOf(other) === id) keep(other, `${id} stays`);
  }

  for (const id of gone) if (edited.has(id)) keep(id, "edited by a person");
  for (const edge of staying) {
    if (!edited.has(edgeSubject(edge))) continue;
    for (const end of [edge.from, edge.to])
      if (leaving.has(end) && goesWith(edge, end)) keep(end, `a person edited ${edgeSubject(edge)}`);
  }
  for (let size = -1; size !== leaving.size;) {
    size = leaving.size;
    for (const edge of staying) {
      for (const [end, other] of [
        [edge.from, edge.to],
        [edge.to, edge.from],
      ] as const)
        if (leaving.has(end) && !leaving.has(other) && !goesWith(edge, end)) keep(end, `${other} links to it`);
    }
  }
  return { nodes: gone.filter((id) => leaving.has(id) && !leaving.has(parents.get(id) as NodeId)), kept };
}
