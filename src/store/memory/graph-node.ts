import type { NodeState } from "../../domain/changes/change-set";
import type { GraphNode, Revision } from "../../domain/graph/node";

/** The node that readers see: identity and light fields side by side. */
export function graphNode(state: NodeState, revision: Revision): GraphNode {
  const { id, kind, slug, formerSlugs, fields } = state;
  const former = formerSlugs.length > 0 ? { formerSlugs } : {};
  return Object.freeze({ id, kind, slug, ...former, changedIn: revision, ...fields }) as unknown as GraphNode;
}
