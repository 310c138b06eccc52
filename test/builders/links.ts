import type { Change } from "../../src/domain/changes/change-set";
import type { Properties } from "../../src/domain/graph/node";
import type { NodeId } from "../../src/domain/ids";
import { type EdgeKind, edgeKinds } from "../../src/domain/ontology/edge-kinds";
import type { Field, Fields } from "../../src/domain/ontology/field";

/** A value that a field takes: the first of an enumeration, a sentence for text. */
function aValue({ type }: Field): unknown {
  if (type.is === "enum") return Object.keys(type.values)[0];
  if (type.is === "boolean") return true;
  if (type.is === "string") return "It matters here.";
  throw new Error(`A required property of an edge is a ${type.is}; give the builder a value for it.`);
}

const plain = (edge: EdgeKind): Properties =>
  Object.fromEntries(
    Object.entries(edgeKinds[edge].properties as Fields)
      .filter(([, field]) => !field.optional)
      .map(([name, field]) => [name, aValue(field)]),
  );

/** Puts an edge, with the properties that its kind requires unless others are given. */
export function aLink(edge: EdgeKind, from: string, to: string, properties: Properties = {}, order?: number): Change {
  return {
    op: "putEdge",
    edge,
    from: from as NodeId,
    to: to as NodeId,
    ...(order === undefined ? {} : { order }),
    properties: { ...plain(edge), ...properties },
  };
}

export const noLink = (edge: EdgeKind, from: string, to: string): Change => ({
  op: "removeEdge",
  edge,
  from: from as NodeId,
  to: to as NodeId,
});
