import type { EdgeState } from "../../domain/changes/change-set";
import { compareText } from "../../domain/graph/order";
import type { NodeId } from "../../domain/ids";
import type { EdgeKindSpec } from "../../domain/ontology/edge-kind";
import { edgeKinds } from "../../domain/ontology/edge-kinds";
import type { Bank } from "../../domain/rules/bank-view";

/** The node whose part of a file holds the link. */
export function holderOf({ edge, from, to }: EdgeState, bank: Bank): NodeId {
  const spec: EdgeKindSpec = edgeKinds[edge];
  if (!spec.undirected) return spec.file === "to" ? to : from;
  const slug = (id: NodeId) => bank.nodes.get(id)?.slug ?? id;
  return compareText(slug(from), slug(to)) < 0 ? from : to;
}

/** Whether the link goes when the node goes: where the node's file holds it, nobody's, or the node is nested by it. */
export function goesWith({ edge, from, to }: EdgeState, node: NodeId): boolean {
  const spec: EdgeKindSpec = edgeKinds[edge];
  if (spec.nests) return true;
  return spec.undirected === true || node === (spec.file === "to" ? to : from);
}
