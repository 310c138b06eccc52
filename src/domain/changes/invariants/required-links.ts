import type { Finding } from "../../errors";
import { kindOf, type NodeId } from "../../ids";
import type { EdgeKindSpec } from "../../ontology/edge-kind";
import { type EdgeKind, edgeKindNames, edgeKinds } from "../../ontology/edge-kinds";
import { isEdgeRelation, relationsOf } from "../../ontology/relations";
import type { Invariant } from "../graph-draft";

/** A relation that the ontology marks as required has its link. */
export const requiredLinks: Invariant = async (draft) => {
  const created = draft
    .changedNodes()
    .filter(({ before, after }) => !before && after)
    .map(({ node }) => node);
  const unlinked = draft.changedEdges().filter(({ after }) => !after);
  const findings: Finding[] = [];
  for (const edge of edgeKindNames) {
    const spec: EdgeKindSpec = edgeKinds[edge];
    for (const end of ["from", "to"] as const) {
      const side = end === "from" ? spec.forward : spec.reverse;
      if (!side.required) continue;
      const lost = unlinked.filter((each) => each.edge === edge).map((each) => each[end]);
      const concerned = [
        ...created.filter((id) => spec[end].includes(kindOf(id))),
        ...lost.filter((id) => draft.has(id)),
      ];
      for (const [id, links] of await draft.adjacent(edge, end, concerned, 1)) {
        if (links.length === 0) findings.push(missing(id, edge));
      }
    }
  }
  return findings;
};

function missing(id: NodeId, edge: EdgeKind): Finding {
  const required = relationsOf(kindOf(id)).filter(isEdgeRelation);
  const field = required.find((relation) => relation.edge === edge && relation.end.required)?.field ?? edge;
  return { code: "REQUIRED_LINK", subject: id, field, message: `${id} must have its ${field}.` };
}
