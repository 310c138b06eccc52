import { firstSlugOf, type Slug } from "../ids";
import type { NodeState } from "./change-set";

/** A slug without its owner's part. */
export const ownPart = (slug: Slug): Slug => slug.slice(slug.indexOf("/") + 1);

/**
 * The slugs that the node itself had, without their owner's part: each once, the id's first, the current one only if it is
 * the id's. Empty if the node was never renamed.
 */
export function ownFormerSlugs({ id, slug, formerSlugs }: Pick<NodeState, "id" | "slug" | "formerSlugs">): Slug[] {
  const [first, current] = [ownPart(firstSlugOf(id)), ownPart(slug)];
  const others = new Set(formerSlugs.map(ownPart));
  others.delete(first);
  others.delete(current);
  return others.size === 0 && first === current ? [] : [first, ...others];
}

/** What a new node has to be renamed to, one after another, to have these slugs. */
export function renamesOf(node: Pick<NodeState, "id" | "slug" | "formerSlugs">): Slug[] {
  const former = ownFormerSlugs(node);
  return former.length === 0 ? [] : [...former.slice(1), ownPart(node.slug)];
}
