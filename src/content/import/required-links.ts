import type { EdgeState } from "../../domain/changes/change-set";
import type { NodeId } from "../../domain/ids";
import type { EdgeKindSpec } from "../../domain/ontology/edge-kind";
import { edgeKindNames, edgeKinds } from "../../domain/ontology/edge-kinds";
import { type NodeKind, nodeKindNames, nodeKinds } from "../../domain/ontology/node-kinds";

/** The node that cannot be without this link, if there is one; for nested things it is the nested one. */
export function dependentOf({ edge, from, to }: EdgeState): NodeId | null {
  const spec: EdgeKindSpec = edgeKinds[edge];
  if (spec.forward.required) return from;
  return spec.reverse.required ? to : null;
}

/** The kind in whose files nodes of the kind are written. */
function fileKindOf(kind: NodeKind): NodeKind {
  const spec = nodeKinds[kind];
  return "ownedBy" in spec ? spec.ownedBy : kind;
}

/** The place of a kind in an order in which all that its nodes and theirs cannot be without comes before them. */
export const creationRank = (kind: NodeKind): number => creationOrder.indexOf(fileKindOf(kind));

const creationOrder = inCreationOrder();

function inCreationOrder(): NodeKind[] {
  const order: NodeKind[] = [];
  const entered = new Set<NodeKind>();
  const visit = (kind: NodeKind): void => {
    if (entered.has(kind)) return;
    entered.add(kind);
    for (const edge of edgeKindNames) {
      const { from, to, forward, reverse }: EdgeKindSpec = edgeKinds[edge];
      if (forward.required && from.map(fileKindOf).includes(kind)) to.map(fileKindOf).forEach(visit);
      if (reverse.required && to.map(fileKindOf).includes(kind)) from.map(fileKindOf).forEach(visit);
    }
    order.push(kind);
  };
  nodeKindNames.map(fileKindOf).forEach(visit);
  return order;
}
