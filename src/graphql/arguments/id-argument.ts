import { DomainError } from "../../domain/errors";
import { kindOf, type NodeId, parseGlobalId, parseNodeId, type Slug } from "../../domain/ids";
import type { NodeKind } from "../../domain/ontology/node-kinds";
import type { Links } from "../links";
import { type PromiseOrValue, whenReady } from "../promise-or-value";

/** Said of every argument and input field that takes IDs. */
export const idForms = "A global ID, or the kind and a current or former slug as Kind:slug.";

/** What a client's ID says: the id itself, or a slug, from which `id` follows unless the node was renamed. */
export interface GivenId {
  readonly kind: NodeKind;
  readonly id: NodeId;
  readonly slug?: Slug;
}

/** Reads a global ID or `Kind:slug`. Throws INVALID_ARGUMENT for other texts. */
export function parseId(text: string): GivenId {
  const id = parseGlobalId(text);
  if (id) return { kind: kindOf(id), id };
  const named = parseNodeId(text);
  if (named) return named;
  const got = JSON.stringify(text.slice(0, 100));
  throw new DomainError("INVALID_ARGUMENT", `An ID must be a global ID or Kind:slug, but got: ${got}.`);
}

/**
 * The id that a client's ID means. Whether such a node exists is not checked. Throws INVALID_ARGUMENT for texts that are no
 * IDs, and for kinds that have no place here.
 */
export function readId(text: string, links: Links, kinds: readonly NodeKind[]): PromiseOrValue<NodeId> {
  const { kind, id, slug } = parseId(text);
  if (!kinds.includes(kind)) {
    const message = `The ID of a ${kinds.join(" or ")} is needed, but got that of a ${kind}.`;
    throw new DomainError("INVALID_ARGUMENT", message);
  }
  return slug === undefined ? id : whenReady(links.idBySlug(kind, slug), (found) => found ?? id);
}
