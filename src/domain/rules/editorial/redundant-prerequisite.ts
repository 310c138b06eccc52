import type { NodeId } from "../../ids";
import type { BankView } from "../bank-view";
import type { Rule } from "../finding";

export const redundantPrerequisite: Rule = {
  code: "redundant-prerequisite",
  severity: "warning",
  structural: false,
  description: "No prerequisite of a concept is one of another of its prerequisites already.",
  evaluate: (bank) =>
    bank.ofKind("Concept").flatMap(({ id }) => {
      const own = prerequisitesOf(bank, id);
      return own.flatMap((each) => {
        const over = own.find((other) => other !== each && earlier(bank, other).has(each));
        if (!over) return [];
        const message = `${each} comes with ${over} already.`;
        return [{ node: id, path: ["prerequisites", each], message, hint: "Drop it: readers follow the chain." }];
      });
    }),
};

const prerequisitesOf = (bank: BankView, id: NodeId): NodeId[] =>
  bank.links(id, "Concept.prerequisites").map(({ other }) => other);

/** Everything to understand before the concept. */
function earlier(bank: BankView, id: NodeId): ReadonlySet<NodeId> {
  const found = new Set<NodeId>();
  const next = [id];
  for (let each = next.pop(); each !== undefined; each = next.pop())
    for (const one of prerequisitesOf(bank, each)) if (!found.has(one) && found.add(one)) next.push(one);
  return found;
}
