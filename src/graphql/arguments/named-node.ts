import { DomainError } from "../../domain/errors";
import type { GraphView } from "../../domain/graph/graph-view";
import { byId } from "../../domain/graph/order";
import { firstSlugOf, type NodeId } from "../../domain/ids";
import { nearNames, didYouMean } from "../../domain/near-names";
import { type NodeKind, nodeKindNames } from "../../domain/ontology/node-kinds";
import { parseId } from "./id-argument";

/** Comparing a name with more of them would take longer than the answer itself. */
export const namesLookedAt = 5_000;

/**
 * The id of the node that a client's ID names, in a graph that is at hand. Throws INVALID_ARGUMENT for texts that are no IDs
 * and for kinds that have no place here; NOT_FOUND, with near names, where there is no such node.
 */
export function namedNode(view: GraphView, text: string, kinds: readonly NodeKind[] = nodeKindNames): NodeId {
  const { kind, id, slug } = parseId(text);
  if (!kinds.includes(kind)) {
    const message = `The ID of a ${kinds.join(" or ")} is needed, but got that of a ${kind}.`;
    throw new DomainError("INVALID_ARGUMENT", message);
  }
  const found = slug === undefined ? id : (view.slugOwner(kind, slug) ?? id);
  if (view.node(found)) return found;
  const name = slug ?? firstSlugOf(id);
  const meant = didYouMean(nearNames(name, slugsOf(view, kind)));
  throw new DomainError("NOT_FOUND", `There is no ${kind} ${JSON.stringify(name)}.${meant}`);
}

/** As `namedNode`, each once. */
export const namedNodes = (view: GraphView, texts: readonly string[], kinds: readonly NodeKind[]): NodeId[] => [
  ...new Set(texts.map((text) => namedNode(view, text, kinds))),
];

function* slugsOf(view: GraphView, kind: NodeKind): Iterable<string> {
  const nodes = view.nodesInOrder(kind, byId);
  for (let i = 0; i < Math.min(nodes.length, namesLookedAt); i++) yield nodes.at(i).slug;
}
