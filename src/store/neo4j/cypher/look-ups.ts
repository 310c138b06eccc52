import { isSlugOf, type NodeId, type Slug } from "../../../domain/ids";
import type { NodeKind } from "../../../domain/ontology/node-kinds";
import { textNames } from "../stored-node";
import { type Prefetch, nodeValues } from "./prefetch";
import { type PerNode, perNode } from "./per-node";
import { found, labels, nodeById, type Statement } from "./statement";

export const nodesStatement = (ids: readonly NodeId[], prefetch: readonly Prefetch[] = []): PerNode =>
  perNode(ids, nodeValues("p", prefetch));

/** Long texts by id, in the order of `textNames`, null for absent ones. */
export const textsStatement = (ids: readonly NodeId[]): PerNode =>
  perNode(ids, `[${textNames.map((name) => `p.${name}`).join(", ")}]`);

/** Ids by current and former slugs: one row per slug of an existing node, keyed by `Kind:slug`. */
export const idsBySlugStatement = (kind: NodeKind, slugs: readonly Slug[]): Statement => ({
  text:
    `UNWIND $keys AS key ${found("s", labels.slug, { key: "key" })} ` +
    `${nodeById("n", "s.owner")} RETURN key, s.owner AS value`,
  parameters: { keys: slugKeys(kind, slugs) },
});

/**
 * Returns the keys (`Kind:slug`) of slugs in the registry. Malformed slugs are left out, as the registry holds none.
 */
export const slugKeys = (kind: NodeKind, slugs: readonly Slug[]): readonly string[] =>
  slugs.filter((slug) => isSlugOf(kind, slug)).map((slug) => `${kind}:${slug}`);

export const slugOfKey = (key: string): Slug => key.slice(key.indexOf(":") + 1);

/** The head: one row, keyed by the format, with revision, layout and hash. No row if there is no head. */
export const headStatement: Statement = {
  text: `${found("h", labels.head, { name: '"head"' })} RETURN h.format AS key, [h.revision, h.layout, h.hash] AS value`,
  parameters: {},
};
