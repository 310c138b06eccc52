import type { EdgeState } from "../../changes/change-set";
import type { NodeId } from "../../ids";
import { textOfPassages } from "../../prose";
import type { BankView } from "../bank-view";
import { linkPlace, type Rule } from "../finding";

/** How many content words a reason has at least besides those of its ends' names. */
const minOwnWords = 1;
const fillers = new Set(
  "a an and are as at be both by can for from has have how if in into is it its of on one or so than that the their them then they this to two use used uses using was what when where which while who why with without question questions concept tool topic related trade-off about because matters important".split(
    " ",
  ),
);

export const emptyReason: Rule = {
  code: "empty-reason",
  severity: "warning",
  structural: false,
  description: "The reason of a link says more than the names of its ends.",
  *evaluate(bank) {
    const names = new Map<NodeId, readonly string[] | null>();
    const namesIn = (id: NodeId) => {
      const known = names.get(id) ?? namesOf(bank, id);
      names.set(id, known);
      return known;
    };
    for (const edge of bank.edges) {
      const reason = edge.properties["reason"];
      const [from, to] = [namesIn(edge.from), namesIn(edge.to)];
      if (typeof reason !== "string" || !from || !to) continue;
      const words = contentWords(textOfPassages(bank.prose(reason)));
      const known = new Set([...from, ...to]);
      const own = words.filter((word) => !known.has(word));
      yield own.length === words.length || new Set(own).size >= minOwnWords ? null : finding(edge);
    }
  },
};

function finding(edge: EdgeState) {
  const { node, path } = linkPlace(edge);
  const message = "The reason says little but the names of what it links.";
  return { node, path: [...path, "reason"], message, hint: "Say what a reader would not guess from the two names." };
}

/** The content words of a node's title and aliases; null for nodes without a title. */
function namesOf(bank: BankView, id: NodeId): readonly string[] | null {
  const { title, aliases = [] } = (bank.nodes.get(id)?.fields ?? {}) as { title?: string; aliases?: readonly string[] };
  return title === undefined ? null : contentWords([title, ...aliases].join(" "));
}

/** Lower case, without fillers and the commonest endings, so that `caches` and `caching` are `cach`. */
const contentWords = (text: string): string[] =>
  (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])
    .filter((word) => !fillers.has(word))
    .map((word) => (word.length > 4 ? word.replace(/(?:ing|ed|es|s|e)$/, "") : word));
