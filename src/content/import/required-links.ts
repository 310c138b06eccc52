import type { EdgeState } from "../../domain/changes/change-set";
import type { NodeId } from "../../domain/ids";
import type { EdgeKindSpec } from "../../domain/ontology/edge-kind";
import { edgeKindNames, edgeKinds } from "../../domain/ontology/edge-kinds";
import { type NodeKind, nodeKindNames, nodeKinds } from "../../domain/ontology/node-kinds";

/**
 * Returns the node that requires this link; null if neither end does. For a link that nests a node, it is the nested
 * one.
 */
export function dependentOf({ edge, from, to }: EdgeState): NodeId | null {
  const spec: EdgeKindSpec = edgeKinds[edge];
  if (spec.forward.required) return from;
  return spec.reverse.required ? to : null;
}

function fileKindOf(kind: NodeKind): NodeKind {
  const spec = nodeKinds[kind];
  return "ownedBy" in spec ? spec.ownedBy : kind;
}

/**
 * Returns a kind's place in the order of creation. Kinds that a kind requires come before it, and as many as possible
 * of the other kinds that its files link to.
 */
export const creationRank = (kind: NodeKind): number => creationOrder.indexOf(fileKindOf(kind));

const creationOrder = inCreationOrder();

function inCreationOrder(): NodeKind[] {
  const needed = links(({ forward, reverse }) => [forward.required === true, reverse.required === true]);
  const linked = links(({ file }) => [file === "from", file === "to"]);
  const order: NodeKind[] = [];
  const left = new Set(nodeKindNames.map(fileKindOf));
  const missing = (kind: NodeKind, others: ReadonlyMap<NodeKind, ReadonlySet<NodeKind>>): number =>
    [...(others.get(kind) ?? [])].filter((other) => other !== kind && left.has(other)).length;
  while (left.size > 0) {
    const [next] = [...left].sort(
      (a, b) => missing(a, needed) - missing(b, needed) || missing(a, linked) - missing(b, linked),
    ) as [NodeKind];
    left.delete(next);
    order.push(next);
  }
  return order;
}

/**
 * Returns, for each kind with files, the kinds that its dependent links lead to. `dependent` tells whether the `from`
 * end and the `to` end of an edge kind depend on the other end.
 */
function links(dependent: (spec: EdgeKindSpec) => readonly [boolean, boolean]): Map<NodeKind, Set<NodeKind>> {
  const found = new Map<NodeKind, Set<NodeKind>>();
  const add = (kinds: readonly NodeKind[], others: readonly NodeKind[]) => {
    for (const kind of kinds.map(fileKindOf))
      found.set(kind, new Set([...(found.get(kind) ?? []), ...others.map(fileKindOf)]));
  };
  for (const edge of edgeKindNames) {
    const spec: EdgeKindSpec = edgeKinds[edge];
    const [isFrom, isTo] = dependent(spec);
    if (isFrom) add(spec.from, spec.to);
    if (isTo) add(spec.to, spec.from);
  }
  return found;
}
