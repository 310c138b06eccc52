import type { GraphNode } from "../../../domain/graph/node";
import { isSlugOf, kindOf, type NodeId, type Slug } from "../../../domain/ids";
import { type NodeKind, nodeKindNames } from "../../../domain/ontology/node-kinds";
import { grouped } from "../grouped";
import { lightNodes, textNames } from "../stored-node";
import { labels, type Row, type Statement } from "./statement";

/**
 * Light nodes by id: a row a node that exists, keyed by its kind. Ids of one kind have a statement for that kind; ids of
 * several have one for all kinds, so that there are few statements however ids are mixed.
 */
export function nodesStatement(ids: readonly NodeId[]): Statement {
  const byKind = grouped(ids, kindOf);
  const kinds = byKind.size === 1 ? [...byKind.keys()] : nodeKindNames;
  return {
    text: kinds.map(nodesOfKind).join(" UNION ALL "),
    parameters: Object.fromEntries(kinds.map((kind) => [kind, byKind.get(kind) ?? []])),
  };
}

const nodesOfKind = (kind: NodeKind): string =>
  `UNWIND $${kind} AS id MATCH (n:${labels.node} {_id: id}) RETURN "${kind}" AS key, [${lightNodes([kind]).of("n")}] AS value`;

export const nodesOf = (rows: readonly Row[]): ReadonlyMap<NodeId, GraphNode> =>
  new Map(
    rows.map(([kind, value]) => {
      const node = lightNodes([kind as NodeKind]).read(value as unknown[]);
      return [node.id, node];
    }),
  );

/** Long texts by id: a row a node that exists, keyed by its id, in the order of `textNames`. */
export const textsStatement = (ids: readonly NodeId[]): Statement => ({
  text:
    `UNWIND $ids AS id MATCH (n:${labels.node} {_id: id}) ` +
    `RETURN id AS key, [${textNames.map((name) => `n.${name}`).join(", ")}] AS value`,
  parameters: { ids },
});

/** Ids by current and former slugs: a row a slug of a node that exists, keyed by `Kind:slug`. */
export const idsBySlugStatement = (kind: NodeKind, slugs: readonly Slug[]): Statement => ({
  text:
    `UNWIND $keys AS key MATCH (s:${labels.slug} {key: key}) ` +
    `MATCH (n:${labels.node} {_id: s.owner}) RETURN key, s.owner AS value`,
  parameters: { keys: slugKeys(kind, slugs) },
});

/** Keys of the slug registry, for what has the form of a slug; nothing else is in it. */
export const slugKeys = (kind: NodeKind, slugs: readonly Slug[]): readonly string[] =>
  slugs.filter((slug) => isSlugOf(kind, slug)).map((slug) => `${kind}:${slug}`);

export const slugOfKey = (key: string): Slug => key.slice(key.indexOf(":") + 1);

/** The head: one row, keyed by the format, with the revision and what order properties follow; none if it is missing. */
export const headStatement: Statement = {
  text: `MATCH (h:${labels.head} {name: "head"}) RETURN h.format AS key, [h.revision, h.orderRules] AS value`,
  parameters: {},
};
