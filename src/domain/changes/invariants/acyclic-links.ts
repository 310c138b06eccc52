import type { Finding } from "../../errors";
import { cycleIn, cyclicGroups } from "../../graph/strongly-connected";
import type { NodeId } from "../../ids";
import type { EdgeKindSpec } from "../../ontology/edge-kind";
import { type EdgeKind, edgeKindNames, edgeKinds } from "../../ontology/edge-kinds";
import type { GraphDraft } from "../graph-draft";
import type { Invariant } from "./invariant";

/**
 * Edge kinds marked acyclic have no cycle. A new one leads through a new edge, so only what the ends of those lead to is
 * walked, one batched read a level; a new node at an end leads nowhere but along new edges.
 */
export const acyclicLinks: Invariant = async (draft) => {
  const findings: Finding[] = [];
  for (const edge of edgeKindNames) {
    if (!(edgeKinds[edge] as EdgeKindSpec).acyclic) continue;
    const added = draft.changedEdges().filter((each) => each.edge === edge && !each.before && each.after);
    if (added.length === 0) continue;
    const next = await reachable(
      draft,
      edge,
      added.map(({ to }) => to),
    );
    findings.push(...cycleFindings(edge, next));
  }
  return findings;
};

/** A finding for each group of nodes that all lead to one another by these links, with a shortest way round. */
export function cycleFindings(edge: EdgeKind, next: ReadonlyMap<NodeId, readonly NodeId[]>): Finding[] {
  const after = (id: NodeId) => next.get(id) ?? [];
  return cyclicGroups([...next.keys()].sort(), after).map((group) => {
    const cycle = cycleIn(group, after);
    const all = group.length === cycle.length ? "" : ` All of these lead to one another: ${some(group, ", ")}.`;
    return {
      code: "CYCLE",
      subject: cycle[0] as string,
      message: `${edge} must not lead back to its start, but does: ${some(cycle, " → ")} → ${cycle[0]}.${all}`,
      nodes: cycle,
    };
  });
}

const named = 50;

/** The ids with what stands between them; of a long list, its start and how many follow. */
const some = (ids: readonly NodeId[], between: string): string =>
  ids.slice(0, named).join(between) + (ids.length > named ? `${between}${ids.length - named} more` : "");

async function reachable(draft: GraphDraft, edge: EdgeKind, start: readonly NodeId[]): Promise<Map<NodeId, NodeId[]>> {
  const next = new Map<NodeId, NodeId[]>();
  for (let level = [...new Set(start)].sort(); level.length > 0;) {
    for (const [id, links] of await draft.adjacent(edge, "from", level))
      next.set(id, links.map((link) => link.to).sort());
    level = [...new Set(level.flatMap((id) => next.get(id) ?? []))].filter((id) => !next.has(id)).sort();
  }
  return next;
}
