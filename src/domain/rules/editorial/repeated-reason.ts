import type { EdgeState } from "../../changes/change-set";
import { linkPlace, type Rule } from "../finding";

/** A reason may serve twice, as where two figures of one kind support one sentence. */
const maxUses = 2;

export const repeatedReason: Rule = {
  code: "repeated-reason",
  severity: "warning",
  structural: false,
  description: "No reason of a link is used more than twice in the bank.",
  *evaluate(bank) {
    const uses = new Map<string, EdgeState[]>();
    for (const edge of bank.edges) {
      const reason = edge.properties["reason"];
      if (typeof reason !== "string") continue;
      const key = (reason.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(" ");
      const known = uses.get(key);
      if (known) known.push(edge);
      else uses.set(key, [edge]);
      yield null;
    }
    for (const edges of uses.values()) {
      for (const edge of edges.slice(maxUses)) {
        const { node, path } = linkPlace(edge);
        const message = `This reason is used ${edges.length} times, first in ${linkPlace(edges[0]!).node}.`;
        yield { node, path: [...path, "reason"], message, hint: "Say what holds for this link and no other." };
      }
    }
  },
};
