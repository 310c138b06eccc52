import { DomainError } from "../../domain/errors";
import type { GraphNode } from "../../domain/graph/node";
import { isSlugOf, type NodeId, nodeId, parseGlobalId, parseNodeId, type Slug } from "../../domain/ids";
import type { NodeKind } from "../../domain/ontology/node-kinds";
import type { Links } from "../links";
import { type MaybePromise, whenReady } from "../maybe-promise";

type Found = MaybePromise<GraphNode | null>;

/** The node that a client's ID names: a global ID, or `Kind:slug`. Throws INVALID_ARGUMENT for other texts. */
export function nodeByGivenId(text: string, links: Links): Found {
  const id = parseGlobalId(text);
  if (id) return links.node(id);
  const named = parseNodeId(text);
  if (named) return nodeBySlug(named.kind, named.slug, links);
  throw new DomainError(
    "INVALID_ARGUMENT",
    `An ID must be a global ID or Kind:slug, but got: ${JSON.stringify(text.slice(0, 100))}.`,
  );
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
