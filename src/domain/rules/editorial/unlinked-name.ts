import { firstSlugOf, kindOf, type NodeId } from "../../ids";
import { type PlacedText, textsOfNodes } from "../bank-texts";
import type { BankView } from "../bank-view";
import { type Breach, lineAt, type Rule } from "../finding";
import { type NameFinder, nameFinder } from "./names-in-text";

/** Lines that are read at a glance, beside the text that they are about. */
const withoutLinks: ReadonlySet<string> = new Set(["Criterion.statement", "Question.hints", "ModelAnswer.summary"]);

export const unlinkedName: Rule = {
  code: "unlinked-name",
  severity: "warning",
  structural: false,
  description:
    "A text that names a concept or tool by a name of several words links to it; reasons, criteria and the like need not.",
  *evaluate(bank, { written }) {
    const named = [...bank.ofKind("Concept"), ...bank.ofKind("Tool")];
    const finder = nameFinder(named);
    // In the text of a node that does not change, only the names of those that do can make a difference.
    const changed = named.filter(({ id }) => written?.has(id));
    const changedFinder = changed.length > 0 ? nameFinder(changed) : null;
    for (const text of textsOfNodes(bank)) {
      const { node, path } = text;
      const names = written?.has(node) === false ? changedFinder : finder;
      if (!names || withoutLinks.has(`${kindOf(node)}.${path[0]}`)) continue;
      yield* breachesIn(bank, names, text);
      yield null;
    }
  },
};

function breachesIn(bank: BankView, finder: NameFinder, { node, path, text }: PlacedText): Breach[] {
  const prose = bank.prose(text);
  const linked = new Set<NodeId | undefined>([node]);
  for (const { scheme, target } of prose.links) {
    if (scheme === "concept") linked.add(bank.bySlug("Concept", target)?.id);
    if (scheme === "tool") linked.add(bank.bySlug("Tool", target)?.id);
  }
  return prose.passages.flatMap(({ is, line, open }) =>
    is === "heading"
      ? []
      : finder.in(open).flatMap(({ nodes, at, written }) => {
          if (nodes.some((each) => linked.has(each))) return [];
          for (const each of nodes) linked.add(each);
          const links = nodes.map((each) => `[${written}](${kindOf(each).toLowerCase()}:${firstSlugOf(each)})`);
          const message = `The text names ${JSON.stringify(written)} without a link.`;
          return [{ node, path, line: lineAt(open, at, line), message, hint: `Write ${links.join(" or ")}.` }];
        }),
  );
}
