import type { Change } from "../../src/domain/changes/change-set";
import type { Properties } from "../../src/domain/graph/node";
import type { NodeId } from "../../src/domain/ids";
import type { EdgeKind } from "../../src/domain/ontology/edge-kinds";

const plain: Partial<Record<EdgeKind, Properties>> = {
  ABOUT: { reason: "It matters here.", emphasis: "ASSUMES" },
  USES: { reason: "It is needed here." },
  WEIGHS: { reason: "It is at stake here." },
  FOLLOWED_BY: { reason: "It goes deeper.", when: "ALWAYS" },
  RELATED_TO: { reason: "They share a cause." },
  PREREQUISITE_OF: { reason: "It is built on that." },
  IMPLEMENTS: { reason: "It does just that." },
  EVIDENCED_BY: { reason: "The figure shows it.", supports: true },
  INDICATES: { reason: "It tells about it." },
  FAVORS: { side: "BEFORE" },
};

/** Puts an edge, with the properties that its kind requires unless others are given. */
export function aLink(edge: EdgeKind, from: string, to: string, properties: Properties = {}, order?: number): Change {
  return {
    op: "putEdge",
    edge,
    from: from as NodeId,
    to: to as NodeId,
    ...(order === undefined ? {} : { order }),
    properties: { ...plain[edge], ...properties },
  };
}

export const noLink = (edge: EdgeKind, from: string, to: string): Change => ({
  op: "removeEdge",
  edge,
  from: from as NodeId,
  to: to as NodeId,
});
