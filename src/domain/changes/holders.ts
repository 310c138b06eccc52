import type { EdgeKey } from "../graph/node";
import type { NodeId } from "../ids";
import type { EdgeKindSpec } from "../ontology/edge-kind";
import { edgeKinds } from "../ontology/edge-kinds";

/** The nodes in whose hands a link lies: the one whose file holds it, both for an undirected one. */
export function holdersOf({ edge, from, to }: EdgeKey): readonly NodeId[] {
  const { file, undirected }: EdgeKindSpec = edgeKinds[edge];
  return undirected ? [from, to] : [file === "to" ? to : from];
}
