import type { EdgeState, NodeState } from "../../src/domain/changes/change-set";
import type { GraphView } from "../../src/domain/graph/graph-view";
import type { Properties } from "../../src/domain/graph/node";
import { kindOf, type NodeId } from "../../src/domain/ids";
import type { EdgeKind } from "../../src/domain/ontology/edge-kinds";
import { ModelBuilder } from "../../src/store/memory/model-builder";

/** An edge by its kind and ends, with what it carries. */
export type GivenEdge = readonly [edge: EdgeKind, from: string, to: string, properties?: Properties, order?: number];

/**
 * A graph of these edges, and of a node at each of their ends. Nothing is checked, so that it may hold what no store
 * accepts; a node's only fields are those given under its id.
 */
export function aView(edges: readonly GivenEdge[], fields: Readonly<Record<string, Properties>> = {}): GraphView {
  const builder = new ModelBuilder();
  const ids = new Set([...Object.keys(fields), ...edges.flatMap(([, from, to]) => [from, to])]);
  for (const each of ids) {
    const id = each as NodeId;
    const slug = each.slice(each.indexOf(":") + 1);
    const state: NodeState = { id, kind: kindOf(id), slug, formerSlugs: [], fields: fields[each] ?? {}, texts: {} };
    builder.node(state, 1);
  }
  const seen = new Set<string>();
  for (const [edge, from, to, properties = {}, order = 0] of edges) {
    const key = `${edge} ${from} ${to}`;
    if (seen.has(key)) continue;
    seen.add(key);
    builder.edge({ edge, from: from as NodeId, to: to as NodeId, properties, order } satisfies EdgeState, 1);
  }
  return builder.build({ revision: 1, hash: "" });
}
