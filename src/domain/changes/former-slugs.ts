import { firstSlugOf, type Slug } from "../ids";
import type { NodeState } from "./change-set";

/** A slug without its owner's part: `own` for `owner/own`, and an unowned slug as it is. */
export const ownPart = (slug: Slug): Slug => slug.slice(slug.indexOf("/") + 1);

/**
 * The own parts of the slugs that the node has had, each once, starting with the one in its id. The current slug is
 * included only if it is the one in the id. Empty if the node was never renamed.
 */
export function ownFormerSlugs({ id, slug, formerSlugs }: Pick<NodeState, "id" | "slug" | "formerSlugs">): Slug[] {
  const [first, current] = [ownPart(firstSlugOf(id)), ownPart(slug)];
  const others = new Set(formerSlugs.map(ownPart));
  others.delete(first);
  others.delete(current);
  return others.size === 0 && first === current ? [] : [first, ...others];
}

/** The slugs to rename a new node to, one after another, so that it ends with this slug and these former slugs. */
export function renamesOf(node: Pick<NodeState, "id" | "slug" | "formerSlugs">): Slug[] {
  const former = ownFormerSlugs(node);
  return former.length === 0 ? [] : [...former.slice(1), ownPart(node.slug)];
}
