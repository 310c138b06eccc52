import { DomainError } from "../../domain/errors";
import { kindOf, type NodeId, parseGlobalId, parseNodeId } from "../../domain/ids";
import type { NodeKind } from "../../domain/ontology/node-kinds";
import type { Links } from "../links";
import { type MaybePromise, whenReady } from "../maybe-promise";

/** Said of every argument and input field that takes IDs. */
export const idForms = "A global ID, or the kind and a current or former slug as Kind:slug.";

/**
 * The id that a client's ID means: a global ID, or `Kind:slug` with a current or former slug. Whether such a node exists
 * is not checked. Throws INVALID_ARGUMENT for other texts, and for kinds that have no place here.
 */
export function readId(text: string, links: Links, kinds?: readonly NodeKind[]): MaybePromise<NodeId> {
  const id = parseGlobalId(text);
  const named = id ? null : parseNodeId(text);
  if (!id && !named) {
    throw new DomainError(
      "INVALID_ARGUMENT",
      `An ID must be a global ID or Kind:slug, but got: ${JSON.stringify(text.slice(0, 100))}.`,
    );
  }
  const kind = id ? kindOf(id) : (named as NonNullable<typeof named>).kind;
  if (kinds && !kinds.includes(kind)) {
    throw new DomainError(
      "INVALID_ARGUMENT",
      `The ID of a ${kinds.join(" or ")} is needed, but got that of a ${kind}.`,
    );
  }
  if (id) return id;
  const { slug, id: first } = named as NonNullable<typeof named>;
  return whenReady(links.idBySlug(kind, slug), (found) => found ?? first);
}
