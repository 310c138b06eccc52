import type { NodeInput } from "../../src/domain/changes/compose/node-input";
import { ownPart } from "../../src/domain/changes/former-slugs";
import { isOwned, type NodeId } from "../../src/domain/ids";
import type { EdgeKindSpec } from "../../src/domain/ontology/edge-kind";
import { edgeKinds } from "../../src/domain/ontology/edge-kinds";
import { heldRelations } from "../../src/domain/ontology/relations";
import { type BankLink, type BankView } from "../../src/domain/rules/bank-view";

/** All that is written at a node of the bank, as an author would send it. */
export function inputOf(bank: BankView, id: NodeId): NodeInput {
  const node = bank.nodes.get(id);
  if (!node) throw new Error(`The bank does not hold ${id}.`);
  const lists = heldRelations(node.kind).map((relation): [string, unknown] => {
    const links = bank.links(id, relation.name).map((link) => linkInput(bank, link));
    return [relation.field, relation.end.one ? (links[0] ?? null) : links];
  });
  return {
    slug: isOwned(node.kind) ? ownPart(node.slug) : node.slug,
    ...node.fields,
    ...node.texts,
    ...Object.fromEntries(lists),
  };
}

function linkInput(bank: BankView, { other, edge }: BankLink): unknown {
  const spec: EdgeKindSpec = edgeKinds[edge.edge];
  if (spec.nests) return inputOf(bank, other);
  return Object.keys(spec.properties).length === 0 ? other : { node: other, ...edge.properties };
}
