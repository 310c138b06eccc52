import type { EdgeState, NodeState } from "../../domain/changes/change-set";
import type { Revision } from "../../domain/graph/node";
import { kindOf, type NodeId, type Slug } from "../../domain/ids";
import type { EdgeKind } from "../../domain/ontology/edge-kinds";
import { deepFreeze } from "./deep-freeze";
import { closed } from "./sql";

export interface Stored<S> {
  readonly state: S;
  readonly revision: Revision;
}

export const nodeColumns = closed(
  "node.id, node.slug, node.former, node.fields, ifnull(node_texts.texts, '{}') AS texts, node.revision",
);
/** To be joined to `node` for its columns. */
export const withTexts = closed("LEFT JOIN node_texts ON node_texts.id = node.id");
export type NodeStateRow = readonly [
  id: NodeId,
  slug: Slug,
  former: string | null,
  fields: string,
  texts: string,
  revision: Revision,
];

export const storedNode = ([id, slug, former, fields, texts, revision]: NodeStateRow): Stored<NodeState> => ({
  state: deepFreeze({
    id,
    kind: kindOf(id),
    slug,
    formerSlugs: former === null ? [] : (JSON.parse(former) as Slug[]),
    fields: JSON.parse(fields) as NodeState["fields"],
    texts: JSON.parse(texts) as NodeState["texts"],
  }),
  revision,
});

export const edgeColumns = closed("edge.kind, edge.from_id, edge.to_id, edge.position, edge.properties, edge.revision");
export type EdgeStateRow = readonly [
  kind: EdgeKind,
  from: NodeId,
  to: NodeId,
  position: number | null,
  properties: string,
  revision: Revision,
];

export const storedEdge = ([edge, from, to, position, properties, revision]: EdgeStateRow): Stored<EdgeState> => ({
  state: deepFreeze({
    edge,
    from,
    to,
    ...(position === null ? {} : { order: position }),
    properties: JSON.parse(properties) as EdgeState["properties"],
  }),
  revision,
});
