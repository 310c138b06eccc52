import type { Finding } from "../errors";
import { edgeSubject } from "../graph/node";
import { kindOf, type NodeId } from "../ids";
import type { EdgeKindSpec } from "../ontology/edge-kind";
import { edgeKindNames, edgeKinds } from "../ontology/edge-kinds";
import type { GraphDraft } from "./graph-draft";

/**
 * Takes out of the draft what could not be shown as a graph: new items that lack something required, then every link of a
 * node that is not there. What is left is whole, so that a change set with faults can be looked at.
 */
export async function dropBroken(draft: GraphDraft, findings: readonly Finding[]): Promise<void> {
  const lacking = new Set(
    findings.flatMap(({ code, subject }) => (code === "REQUIRED_FIELD" || code === "REQUIRED_LINK" ? [subject] : [])),
  );
  for (const { node, before } of draft.changedNodes()) if (!before && lacking.has(node)) draft.setNode(node, null);
  for (const edge of draft.changedEdges())
    if (!edge.before && lacking.has(edgeSubject(edge))) draft.setEdge(edge, null);

  const absent = [...new Set([...lacking, ...draft.removedNodes()])].filter(
    (subject): subject is NodeId => !subject.includes(" ") && !draft.has(subject as NodeId),
  );
  for (const edge of edgeKindNames) {
    for (const end of ["from", "to"] as const) {
      const of = absent.filter((id) => (edgeKinds[edge] as EdgeKindSpec)[end].includes(kindOf(id)));
      if (of.length === 0) continue;
      const edges = [...(await draft.adjacent(edge, end, of)).values()].flat();
      await draft.loadEdges(edges);
      for (const each of edges) draft.setEdge(each, null);
    }
  }
}
