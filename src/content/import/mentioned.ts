import { mentionsIn } from "../../domain/changes/mentions";
import type { NodeId } from "../../domain/ids";
import { edgeKinds } from "../../domain/ontology/edge-kinds";
import type { NodeKind } from "../../domain/ontology/node-kinds";
import type { BankView } from "../../domain/rules/bank-view";

const mentioning: readonly NodeKind[] = edgeKinds.MENTIONS.from;

/** The nodes of the bank that a node's texts link to inline. */
export function mentionedIn(bank: BankView, id: NodeId): NodeId[] {
  const node = bank.nodes.get(id);
  if (!node || !mentioning.includes(node.kind)) return [];
  return mentionsIn(node).flatMap(({ kind, slug }) => {
    const target = bank.bySlug(kind, slug)?.id;
    return target && target !== id ? [target] : [];
  });
}
