import { isOwned, type NodeId, ownerIdOf } from "../../ids";
import { linksInTexts } from "../bank-texts";
import type { BankView } from "../bank-view";
import { linkPlace, type Rule } from "../finding";

export const orphan: Rule = {
  code: "orphan",
  severity: "warning",
  structural: false,
  description: "Something else in the bank leads to each node: a link of another file or a mention in its texts.",
  evaluate: (bank) => {
    const led = ledTo(bank);
    return [...bank.nodes.values()]
      .filter(({ id, kind }) => !isOwned(kind) && !led.has(id))
      .filter(({ id, kind }) => kind !== "Topic" || bank.links(id, "Topic.parent").length > 0)
      .map(({ id, kind, slug }) => ({
        node: id,
        path: [],
        message: `Nothing in the bank leads to ${kind} ${slug}.`,
        hint: "Link it where it matters, or drop it.",
      }));
  },
};

/** The nodes, owners in place of what they own, that something in another file is linked with or mentions. */
function ledTo(bank: BankView): ReadonlySet<NodeId> {
  const led = new Set<NodeId>();
  const kinds = { concept: "Concept", tool: "Tool", measurement: "Measurement" } as const;
  for (const { node, link } of linksInTexts(bank)) {
    const target = link.scheme === "derived" ? undefined : bank.bySlug(kinds[link.scheme], link.target)?.id;
    if (target && ownerIdOf(target) !== ownerIdOf(node)) led.add(ownerIdOf(target));
  }
  for (const edge of bank.edges) {
    const holder = ownerIdOf(linkPlace(edge).node);
    const ends = [ownerIdOf(edge.from), ownerIdOf(edge.to)];
    const isMutual = edge.edge === "RELATED_TO";
    for (const end of ends) if (isMutual || end !== holder) led.add(end);
  }
  return led;
}
