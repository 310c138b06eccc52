import type { Finding } from "../../errors";
import type { NodeId } from "../../ids";
import type { EdgeKindSpec } from "../../ontology/edge-kind";
import { type EdgeKind, edgeKindNames, edgeKinds } from "../../ontology/edge-kinds";
import type { GraphDraft, Invariant } from "../graph-draft";

/**
 * Edge kinds that are marked acyclic have no cycle. A new cycle leads through a new edge, so only what can be reached
 * from the ends of new edges is walked, with one batched read for each level. A new node leads nowhere but along new
 * edges.
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

/** Returns a finding for each group of nodes that all lead to one another by these links, with a shortest cycle. */
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

/** Joins the ids. Of a long list, only the first ids and the number of the others are given. */
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

/**
 * Groups of nodes that can all reach one another: of two or more nodes, or of one that leads to itself. Nodes within a
 * group are in the order of `nodes`. Tarjan's algorithm (SIAM J. Comput. 1, 1972), iterative so that long chains do not
 * overflow the stack.
 */
export function cyclicGroups<T>(nodes: Iterable<T>, next: (node: T) => readonly T[]): T[][] {
  const state = new Map<T, { index: number; low: number; onStack: boolean }>();
  const stack: T[] = [];
  const groups: T[][] = [];
  const rank = new Map<T, number>();
  const all = [...nodes];
  all.forEach((node, i) => rank.set(node, i));

  const enter = (node: T) => {
    state.set(node, { index: state.size, low: state.size, onStack: true });
    stack.push(node);
    return { node, successors: next(node), position: 0 };
  };
  for (const root of all) {
    if (state.has(root)) continue;
    const frames = [enter(root)];
    for (let frame = frames.at(-1); frame; frame = frames.at(-1)) {
      const own = state.get(frame.node)!;
      const successor = frame.successors[frame.position++];
      if (successor !== undefined) {
        const other = state.get(successor);
        if (!other) frames.push(enter(successor));
        else if (other.onStack) own.low = Math.min(own.low, other.index);
        continue;
      }
      frames.pop();
      const parent = frames.at(-1);
      if (parent) {
        const above = state.get(parent.node)!;
        above.low = Math.min(above.low, own.low);
      }
      if (own.low === own.index) groups.push(popGroup(frame.node));
    }
  }
  return groups.filter((group) => group.length > 1 || next(group[0]!).includes(group[0]!));

  function popGroup(root: T): T[] {
    const group: T[] = [];
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      state.get(node)!.onStack = false;
      group.push(node);
      if (node === root) break;
    }
    return group.sort((a, b) => (rank.get(a) ?? Infinity) - (rank.get(b) ?? Infinity));
  }
}

/**
 * A shortest cycle through the first node of a cyclic group. It starts with that node and does not repeat it at the
 * end.
 */
export function cycleIn<T>(group: readonly T[], next: (node: T) => readonly T[]): T[] {
  const start = group[0] as T;
  const members = new Set(group);
  const cameFrom = new Map<T, T>();
  for (const queue = [start]; queue.length > 0;) {
    const node = queue.shift() as T;
    for (const successor of next(node)) {
      if (successor === start) {
        const path = [node];
        while (path[0] !== start) path.unshift(cameFrom.get(path[0] as T) as T);
        return path;
      }
      if (members.has(successor) && !cameFrom.has(successor)) {
        cameFrom.set(successor, node);
        queue.push(successor);
      }
    }
  }
  return [start];
}
