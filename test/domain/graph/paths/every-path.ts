import type { GraphView } from "../../../../src/domain/graph/graph-view";
import type { Hop, GraphPath, PathQuery } from "../../../../src/domain/graph/paths/path";
import { kindOf, type NodeId } from "../../../../src/domain/ids";
import type { EdgeKindSpec } from "../../../../src/domain/ontology/edge-kind";
import { edgeKindNames, edgeKinds } from "../../../../src/domain/ontology/edge-kinds";
import { edgeWeights } from "../../../../src/domain/ontology/edge-weights";
import { isEdgeRelation, relationsOf } from "../../../../src/domain/ontology/relations";

const spoilerEdges = ["JUDGED_BY", "ANSWERED_BY", "MEETS"];
const spoilerKinds = ["Criterion", "ModelAnswer"];
const sortingKinds = ["Topic", "Role", "Quality", "Metric"];
const headings = ["OUT", "IN", "BOTH"];

/** Every path that a query allows, by trying each of them; then in order, and the first of them. */
export function everyPath(view: GraphView, query: PathQuery): GraphPath[] {
  const { from, to, via, maxHops, first } = query;
  const revealed = query.reveal || (via ?? []).some((edge) => spoilerEdges.includes(edge));
  const found: Hop[][] = [];
  const tryOn = (hops: Hop[]): void => {
    const at = hops.at(-1)?.node.id ?? from;
    if (at === to) return void found.push(hops);
    if (hops.length === maxHops) return;
    const kind = kindOf(at);
    if (hops.length > 0 && spoilerKinds.includes(kind) && !revealed) return;
    if (hops.length > 0 && sortingKinds.includes(kind) && via === undefined) return;
    for (const hop of hopsFrom(view, at, query, revealed)) {
      const { node } = hop;
      if (node.id !== from && hops.every((each) => each.node !== node)) tryOn([...hops, hop]);
    }
  };
  tryOn([]);
  const paths = found.map((hops) => ({ hops, weight: hops.reduce((sum, { edge }) => sum + edgeWeights[edge], 0) }));
  return paths.sort(comparePaths).slice(0, first);
}

function hopsFrom(view: GraphView, at: NodeId, { via, direction }: PathQuery, revealed: boolean): Hop[] {
  return relationsOf(kindOf(at)).flatMap((relation): Hop[] => {
    if (!isEdgeRelation(relation)) return [];
    const { edge } = relation;
    const spec: EdgeKindSpec = edgeKinds[edge];
    if (via ? !via.includes(edge) : edge === "MENTIONS" || (spoilerEdges.includes(edge) && !revealed)) return [];
    const heading = spec.undirected ? "BOTH" : relation.direction === "out" ? "OUT" : "IN";
    if (direction !== "BOTH" && heading !== "BOTH" && heading !== direction) return [];
    return view.links(at, relation.name).map(({ other, edge: { properties } }) => {
      const reason = properties["reason"] as string | undefined;
      return { edge, heading, ...(reason !== undefined && { reason }), node: view.node(other)! };
    });
  });
}

function comparePaths(a: GraphPath, b: GraphPath): number {
  if (a.hops.length !== b.hops.length) return a.hops.length - b.hops.length;
  if (a.weight !== b.weight) return a.weight - b.weight;
  for (const [i, one] of a.hops.entries()) {
    const other = b.hops[i]!;
    const rank =
      edgeKindNames.indexOf(one.edge) - edgeKindNames.indexOf(other.edge) ||
      headings.indexOf(one.heading) - headings.indexOf(other.heading);
    if (rank !== 0) return rank;
    if (one.node !== other.node) return one.node.id < other.node.id ? -1 : 1;
  }
  return 0;
}
