import type { EdgeState, NodeState } from "../../domain/changes/change-set";
import { edgeSubject, type Revision } from "../../domain/graph/node";
import { type GraphReader, scannedItems } from "../../domain/graph/port";
import type { NodeId } from "../../domain/ids";
import { edgeKinds } from "../../domain/ontology/edge-kinds";
import type { Bank } from "../../domain/rules/bank-view";

export interface StoredBank extends Bank {
  readonly edgesBySubject: ReadonlyMap<string, EdgeState>;
  /** The targets of computed edges, from each node that has any. */
  readonly mentions: ReadonlyMap<NodeId, ReadonlySet<NodeId>>;
  /** The revision of each item, by node id or `edgeSubject`. */
  readonly revisions: ReadonlyMap<string, Revision>;
}

/** Reads a whole store at one revision. */
export async function readStored(reader: GraphReader): Promise<StoredBank> {
  const nodes = new Map<NodeId, NodeState>();
  const edgesBySubject = new Map<string, EdgeState>();
  const mentions = new Map<NodeId, Set<NodeId>>();
  const revisions = new Map<string, Revision>();
  for await (const item of scannedItems(reader.scan())) {
    if ("node" in item) {
      nodes.set(item.node.id, item.node);
      revisions.set(item.node.id, item.revision);
    } else if (edgeKinds[item.edge.edge].file === "computed") {
      const { from, to } = item.edge;
      mentions.set(from, (mentions.get(from) ?? new Set()).add(to));
    } else {
      const subject = edgeSubject(item.edge);
      edgesBySubject.set(subject, item.edge);
      revisions.set(subject, item.revision);
    }
  }
  return { nodes, edges: [...edgesBySubject.values()], edgesBySubject, mentions, revisions };
}
