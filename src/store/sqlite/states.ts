import type { EdgeState, NodeState } from "../../domain/changes/change-set";
import type { Revision } from "../../domain/graph/node";
import { kindOf, type NodeId, type Slug } from "../../domain/ids";
import type { EdgeKind } from "../../domain/ontology/edge-kinds";
import { deepFreeze } from "../../domain/deep-freeze";
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
  state: nodeState(id, slug, parsed(former), parsed(fields), parsed(texts)),
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
  state: edgeState(edge, from, to, position, parsed(properties)),
  revision,
});

/** Of values that were parsed, which are frozen. */
export const nodeState = (
  id: NodeId,
  slug: Slug,
  formerSlugs: readonly Slug[] | null,
  fields: NodeState["fields"],
  texts: NodeState["texts"],
): NodeState => deepFreeze({ id, kind: kindOf(id), slug, formerSlugs: formerSlugs ?? [], fields, texts });

/** Of values that were parsed, which are frozen. Written out twice, without a spread: there can be millions. */
export const edgeState = (
  edge: EdgeKind,
  from: NodeId,
  to: NodeId,
  order: number | null,
  properties: EdgeState["properties"],
): EdgeState => deepFreeze(order === null ? { edge, from, to, properties } : { edge, from, to, order, properties });

const parsed = <T>(json: string | null): T => JSON.parse(json ?? "null") as T;
