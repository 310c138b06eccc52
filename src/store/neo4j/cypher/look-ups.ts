import type { GraphNode } from "../../../domain/graph/node";
import { isSlugOf, kindOf, type NodeId, type Slug } from "../../../domain/ids";
import { isNodeKind, type NodeKind, nodeKindNames } from "../../../domain/ontology/node-kinds";
import { lightNodes, textNames } from "../stored-node";
import { type PerNode, perNode } from "./per-node";
import { found, labels, nodeById, type Row, type Statement } from "./statement";

/** Light nodes by id, of one kind or of several. */
export const nodesStatement = (ids: readonly NodeId[]): PerNode => perNode(ids, `[${lightNodesOf(ids).of("p")}]`);

export function nodesOf(ids: readonly NodeId[], rows: readonly Row[]): ReadonlyMap<NodeId, GraphNode> {
  const light = lightNodesOf(ids);
  return new Map(rows.map(([id, value]) => [id as NodeId, light.read(value as unknown[])]));
}

/** Ids of several kinds are read as any kinds are, so that there are few statements however ids are mixed. */
function lightNodesOf(ids: readonly NodeId[]) {
  const kind = kindOf(ids[0]!);
  return lightNodes(ids.every((id) => kindOf(id) === kind) && isNodeKind(kind) ? [kind] : nodeKindNames);
}

/** Long texts by id, in the order of `textNames`. */
export const textsStatement = (ids: readonly NodeId[]): PerNode =>
  perNode(ids, `[${textNames.map((name) => `p.${name}`).join(", ")}]`);

/** Ids by current and former slugs: a row a slug of a node that exists, keyed by `Kind:slug`. */
export const idsBySlugStatement = (kind: NodeKind, slugs: readonly Slug[]): Statement => ({
  text:
    `UNWIND $keys AS key ${found("s", labels.slug, { key: "key" })} ` +
    `${nodeById("n", "s.owner")} RETURN key, s.owner AS value`,
  parameters: { keys: slugKeys(kind, slugs) },
});

/** Keys of the slug registry, for what has the form of a slug; nothing else is in it. */
export const slugKeys = (kind: NodeKind, slugs: readonly Slug[]): readonly string[] =>
  slugs.filter((slug) => isSlugOf(kind, slug)).map((slug) => `${kind}:${slug}`);

export const slugOfKey = (key: string): Slug => key.slice(key.indexOf(":") + 1);

/** The head: one row, keyed by the format, with the revision and what order properties follow; none if it is missing. */
export const headStatement: Statement = {
  text: `${found("h", labels.head, { name: '"head"' })} RETURN h.format AS key, [h.revision, h.orderRules] AS value`,
  parameters: {},
};
