import type { NodeId } from "../../ids";
import type { BankView } from "../bank-view";
import type { Rule } from "../finding";

export const conceptCore: Rule = {
  code: "concept-core",
  severity: "warning",
  structural: false,
  description: "Prerequisites and related concepts connect all concepts with one another.",
  evaluate: (bank) => {
    const islands = conceptIslands(bank);
    return islands.slice(1).flatMap((island) =>
      island.map((node) => {
        const others = island.length === 1 ? "is linked to no other concept" : "and what it is linked to stand apart";
        const message = `${node} ${others}; ${islands[0]?.length} concepts hang together.`;
        return { node, path: [], message, hint: "Add a prerequisite or a related concept that leads to the others." };
      }),
    );
  },
};

/** Sets of concepts that hang together by prerequisites and related concepts; the largest first. */
export function conceptIslands(bank: BankView): NodeId[][] {
  const seen = new Set<NodeId>();
  const islands = bank.ofKind("Concept").flatMap(({ id }) => (seen.has(id) ? [] : [islandOf(bank, id, seen)]));
  return islands.sort((a, b) => b.length - a.length);
}

function islandOf(bank: BankView, start: NodeId, seen: Set<NodeId>): NodeId[] {
  seen.add(start);
  const island = [start];
  for (const id of island)
    for (const relation of ["Concept.prerequisites", "Concept.unlocks", "Concept.related"] as const)
      for (const { other } of bank.links(id, relation))
        if (bank.nodes.has(other) && !seen.has(other) && seen.add(other)) island.push(other);
  return island;
}
