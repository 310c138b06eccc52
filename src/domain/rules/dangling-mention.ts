import { isSlugOf, nodeId, ownerIdOf, type Slug } from "../ids";
import { nearNames, didYouMean } from "../near-names";
import type { NodeKind } from "../ontology/node-kinds";
import type { Bank } from "./bank-view";
import { linksInTexts } from "./bank-texts";
import type { Rule } from "./finding";

const kinds = { concept: "Concept", tool: "Tool", measurement: "Measurement" } as const;

const isUnread = (bank: Bank, kind: NodeKind, slug: Slug): boolean =>
  isSlugOf(kind, slug) && bank.unread?.has(ownerIdOf(nodeId(kind, slug))) === true;

export const danglingMention: Rule = {
  code: "dangling-mention",
  severity: "error",
  structural: true,
  description: "Inline links lead to concepts, tools and measurements of the bank.",
  evaluate: (bank) =>
    [...linksInTexts(bank)].flatMap(({ node, path, link }) => {
      if (link.scheme === "derived" || bank.bySlug(kinds[link.scheme], link.target)) return [];
      const kind = kinds[link.scheme];
      if (isUnread(bank, kind, link.target)) return [];
      const elsewhere = Object.entries(kinds).find(([, other]) => bank.bySlug(other, link.target));
      const near = didYouMean(nearNames(link.target, bank.slugs(kind))).trim();
      const hint = elsewhere ? `${link.target} is a ${elsewhere[1]}: write ${elsewhere[0]}:${link.target}.` : near;
      const message = `The text links to the ${link.scheme} ${JSON.stringify(link.target)}, which does not exist.`;
      return [{ node, path, line: link.line, message, ...(hint ? { hint } : {}) }];
    }),
};
