import type { Finding } from "../../errors";
import { edgeSubject } from "../../graph/node";
import { kindOf, type NodeId, ownerIdOf } from "../../ids";
import type { EdgeKindSpec } from "../../ontology/edge-kind";
import { edgeKindNames, edgeKinds } from "../../ontology/edge-kinds";
import type { FieldType } from "../../ontology/field";
import type { EdgeState } from "../change-set";
import type { Invariant } from "../graph-draft";

/**
 * Properties that refer to nodes, such as the criteria of a follow-up, name existing nodes that the edge's `from` node
 * owns.
 */
export const ownReferences: Invariant = async (draft) => {
  const findings: Finding[] = [];
  const removed = draft
    .changedNodes()
    .filter(({ after }) => !after)
    .map(({ node }) => node);
  for (const edge of edgeKindNames) {
    const names = referenceProperties(edgeKinds[edge]);
    if (names.length === 0) continue;
    const changed = draft.changedEdges().flatMap(({ after }) => (after?.edge === edge ? [after] : []));
    const owners = removed
      .map(ownerIdOf)
      .filter((id) => draft.has(id) && (edgeKinds[edge] as EdgeKindSpec).from.includes(kindOf(id)));
    const affected = [...(await draft.adjacent(edge, "from", owners)).values()].flat();
    const edges = new Map([...affected, ...changed].map((each) => [edgeSubject(each), each]));
    await draft.loadPresence([...edges.values()].flatMap((each) => referencesOf(each, names).map(([, id]) => id)));
    for (const each of edges.values()) {
      for (const [field, id] of referencesOf(each, names)) {
        if (draft.has(id) && ownerIdOf(id) === each.from) continue;
        findings.push({
          code: "INVALID_REFERENCE",
          subject: edgeSubject(each),
          field,
          message: `${edgeSubject(each)}: ${field} must name ones of ${each.from}, but got: ${id}.`,
        });
      }
    }
  }
  return findings;
};

function referenceProperties(spec: EdgeKindSpec): string[] {
  const refers = (type: FieldType): boolean => type.is === "reference" || (type.is === "list" && refers(type.of));
  return Object.entries(spec.properties)
    .filter(([, field]) => refers(field.type))
    .map(([name]) => name);
}

const referencesOf = (edge: EdgeState, names: readonly string[]): [string, NodeId][] =>
  names.flatMap((name) => [edge.properties[name] ?? []].flat().map((id): [string, NodeId] => [name, id as NodeId]));
