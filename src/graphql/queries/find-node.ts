import type { GraphNode } from "../../domain/graph/node";
import { isSlugOf, type NodeId, nodeId, parseGlobalId, type Slug } from "../../domain/ids";
import type { NodeKind } from "../../domain/ontology/node-kinds";
import { parseId } from "../arguments/id-argument";
import type { Links } from "../links";
import { type PromiseOrValue, whenReady } from "../promise-or-value";

type Found = PromiseOrValue<GraphNode | null>;

/** The node that a client's ID names. Throws INVALID_ARGUMENT for texts that are no IDs. */
export function nodeByGivenId(text: string, links: Links): Found {
  const { kind, id, slug } = parseId(text);
  return slug === undefined ? links.node(id) : nodeBySlug(kind, slug, links);
}

/**
 * The node with this current or former slug. A node's first slug stays its own for ever, so the id made of the slug is
 * right for every node that was never renamed.
 */
export function nodeBySlug(kind: NodeKind, slug: Slug, links: Links): Found {
  if (!isSlugOf(kind, slug)) return null;
  return whenReady(
    links.node(nodeId(kind, slug)),
    (node): Found =>
      node ?? whenReady(links.idBySlug(kind, slug), (id: NodeId | null): Found => (id ? links.node(id) : null)),
  );
}

/** The node that an author's text names: a global ID, `Kind:slug`, or a slug of the first of the kinds. */
export const nodeByReference = (text: string, [kind]: readonly NodeKind[], links: Links): Found =>
  text.includes(":") || parseGlobalId(text) || !kind ? nodeByGivenId(text, links) : nodeBySlug(kind, text, links);
