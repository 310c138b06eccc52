import type { Finding } from "../../errors";
import { kindOf, type NodeId } from "../../ids";
import type { EdgeKindSpec } from "../../ontology/edge-kind";
import { type EdgeKind, edgeKinds } from "../../ontology/edge-kinds";
import type { NodeKind } from "../../ontology/node-kinds";
import { isEdgeRelation, relationsOf } from "../../ontology/relations";
import type { EdgeState } from "../change-set";
import type { GraphDraft, Invariant } from "../graph-draft";

/** A relation holds at most its `max` links, or one if it leads to one. Undirected links count at both ends. */
export const linkLimits: Invariant = async (draft) => {
  const grown = new Map<EdgeKind, { readonly out: Set<NodeId>; readonly in: Set<NodeId> }>();
  for (const { edge, from, to, before, after } of draft.changedEdges()) {
    if (before || !after) continue;
    let ends = grown.get(edge);
    if (!ends) grown.set(edge, (ends = { out: new Set(), in: new Set() }));
    ends.out.add(from);
    ends.in.add(to);
    if ((edgeKinds[edge] as EdgeKindSpec).undirected) ends.out.add(to);
  }
  const findings: Finding[] = [];
  for (const [edge, ends] of grown) {
    for (const direction of ["out", "in"] as const)
      findings.push(...(await check(draft, edge, direction, ends[direction])));
  }
  return findings;
};

interface Limit {
  readonly field: string;
  readonly max: number;
  readonly targets: readonly string[];
  readonly both: boolean;
}

const known = new Map<string, readonly Limit[]>();

function limitsOf(kind: NodeKind, edge: EdgeKind, direction: "out" | "in"): readonly Limit[] {
  const key = `${kind} ${edge} ${direction}`;
  const limits =
    known.get(key) ??
    relationsOf(kind)
      .filter(isEdgeRelation)
      .flatMap((relation) => {
        const max = relation.end.one ? 1 : relation.end.max;
        const both = relation.direction === "both";
        const here = relation.edge === edge && (relation.direction === direction || (both && direction === "out"));
        return here && max !== undefined ? [{ field: relation.field, max, targets: relation.targets, both }] : [];
      });
  known.set(key, limits);
  return limits;
}

async function check(
  draft: GraphDraft,
  edge: EdgeKind,
  direction: "out" | "in",
  ids: Iterable<NodeId>,
): Promise<Finding[]> {
  const ofKind = new Map<NodeKind, readonly Limit[]>();
  const limits = new Map<NodeId, readonly Limit[]>();
  for (const id of ids) {
    const kind = kindOf(id);
    let limited = ofKind.get(kind);
    if (!limited) ofKind.set(kind, (limited = limitsOf(kind, edge, direction)));
    if (limited.length > 0) limits.set(id, limited);
  }
  if (limits.size === 0) return [];
  const max = Math.max(...[...ofKind.values()].flat().map((each) => each.max * 2)) + 1;
  const near = await draft.adjacent(edge, direction === "out" ? "from" : "to", limits.keys(), max);
  const both = [...ofKind.values()].flat().some((limit) => limit.both);
  const far = both ? await draft.adjacent(edge, "to", limits.keys(), max) : new Map<NodeId, EdgeState[]>();
  const findings: Finding[] = [];
  for (const [id, limited] of limits) {
    const [here, there] = [near.get(id) ?? [], far.get(id) ?? []];
    for (const { field, max, targets } of limited) {
      if (here.length + there.length <= max) continue;
      const isTarget = (link: EdgeState) => targets.includes(kindOf(link.from === id ? link.to : link.from));
      const count = [...here, ...there].filter(isTarget).length;
      const message = `${id} may have at most ${max} ${field}, but would have ${count}.`;
      if (count > max) findings.push({ code: "TOO_MANY", subject: id, field, message });
    }
  }
  return findings;
}
