import type { NodeState } from "../../domain/changes/change-set";
import type { GraphNode, Revision } from "../../domain/graph/node";
import { firstSlugOf } from "../../domain/ids";

/** The node that readers see: identity and light fields side by side. */
export function graphNode(state: NodeState, revision: Revision): GraphNode {
  const { id, kind, slug, formerSlugs, fields } = state;
  const former = formerSlugs.length > 0 ? { formerSlugs } : {};
  // A part of the id's own text, where it is one, takes no room beside it.
  const own = firstSlugOf(id) === slug ? firstSlugOf(id) : slug;
  return Object.freeze({ id, kind, slug: own, ...former, changedIn: revision, ...fields }) as unknown as GraphNode;
}
