import type { EdgeKey } from "../graph/node";
import { kindOf, type NodeId } from "../ids";
import type { EdgeKindSpec } from "../ontology/edge-kind";
import { edgeKinds } from "../ontology/edge-kinds";

/** Where a link is written: the node whose file holds it, and the path of the link from there. */
export function linkPlace({ edge, from, to }: EdgeKey): {
  readonly node: NodeId;
  readonly path: readonly [string, NodeId];
} {
  const spec: EdgeKindSpec = edgeKinds[edge];
  const [node, other, { name }] = spec.file === "to" ? [to, from, spec.reverse] : [from, to, spec.forward];
  return { node, path: [typeof name === "string" ? name : (name[kindOf(other)] as string), other] };
}

/** The line of an offset in a passage that starts in `first`. */
export const lineAt = (text: string, offset: number, first: number): number =>
  first + text.slice(0, offset).split("\n").length - 1;
