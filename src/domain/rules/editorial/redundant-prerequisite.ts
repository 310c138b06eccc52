import type { NodeId } from "../../ids";
import type { Rule } from "../finding";

export const redundantPrerequisite: Rule = {
  code: "redundant-prerequisite",
  severity: "warning",
  structural: false,
  description: "No prerequisite of a concept is one of another of its prerequisites already.",
  evaluate: (bank) => {
    const prerequisites = new Map(
      bank.ofKind("Concept").map(({ id }) => [id, bank.links(id, "Concept.prerequisites").map(({ other }) => other)]),
    );
    return [...prerequisites].flatMap(([id, own]) => {
      // Most concepts have no such prerequisite, which one walk shows.
      const below = earlier(prerequisites, own);
      return own.flatMap((each) => {
        if (!below.has(each)) return [];
        const over = own.find((other) => other !== each && earlier(prerequisites, [other]).has(each));
        if (!over) return [];
        const message = `${each} comes with ${over} already.`;
        return [{ node: id, path: ["prerequisites", each], message, hint: "Drop it: readers follow the chain." }];
      });
    });
  },
};

/** Everything to understand before some concept of these. */
function earlier(prerequisites: ReadonlyMap<NodeId, readonly NodeId[]>, ids: readonly NodeId[]): ReadonlySet<NodeId> {
  const found = new Set<NodeId>();
  const next = [...ids];
  for (let each = next.pop(); each !== undefined; each = next.pop())
    for (const one of prerequisites.get(each) ?? []) if (!found.has(one) && found.add(one)) next.push(one);
  return found;
}
