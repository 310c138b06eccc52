import type { PartsOf } from "../../../domain/changes/log-part";
import type { Revision } from "../../../domain/graph/node";
import { labels, type Statement } from "./statement";

/** A page in the order of a property. The property must be unique within the label and hold only ASCII. */
const page = (label: string, by: string, values: string, after: string | null, limit: number): Statement => ({
  text:
    `MATCH (n:${label}) WHERE n.${by} > $after WITH n ORDER BY n.${by} LIMIT $limit ` +
    `RETURN n.${by} AS key, ${values} AS value`,
  parameters: { after: after ?? "", limit: BigInt(limit) },
});

/** A page of slugs: one row per slug, keyed by `Kind:slug`, with the id of its owner and whether it is current. */
export const slugPage = (after: string | null, limit: number): Statement =>
  page(labels.slug, "key", "[n.owner, n.current]", after, limit);

/** A page of removed items: one row per item, keyed by its subject, with the revision that removed it. */
export const tombstonePage = (after: string | null, limit: number): Statement =>
  page(labels.tombstone, "subject", "n.revision", after, limit);

const commitKey = "RETURN [n.actor, n.key] AS key, [n.inputHash, n.at, n.revision, n.changes] AS value";
const saveKey = "RETURN [n.principal, n.key] AS key, [n.inputHash, n.at, n.result] AS value";
const between = "n.at >= $from AND n.at < $until";
const times = (from: Date, until: Date) => ({ from: BigInt(from.getTime()), until: BigInt(until.getTime()) });

/** Idempotency keys of commits that were used at `from` or later, and before `until`. */
export const commitKeysStatement = (from: Date, until: Date): Statement => ({
  text: `MATCH (n:${labels.idempotency}) WHERE ${between} ${commitKey}`,
  parameters: times(from, until),
});

/**
 * Idempotency keys used at `from` or later by commits that returned the revision or a later one. Rows as in
 * `commitKeysStatement`.
 */
export const commitKeysSinceStatement = (revision: Revision, from: Date): Statement => ({
  text: `MATCH (n:${labels.idempotency}) WHERE n.at >= $from AND n.revision >= $revision ${commitKey}`,
  parameters: { revision: BigInt(revision), from: BigInt(from.getTime()) },
});

/** Keys of saves that were used at `from` or later, and before `until`. */
export const saveKeysStatement = (from: Date, until: Date): Statement => ({
  text: `MATCH (n:${labels.repeatKey}) WHERE ${between} ${saveKey}`,
  parameters: times(from, until),
});

export const draftVersionsStatement: Statement = {
  text: `MATCH (d:${labels.draft}) WHERE d.id IS NOT NULL AND d.version IS NOT NULL RETURN d.id AS key, d.version AS value`,
  parameters: {},
};

/** The parts of the log entries after one revision and up to another: one row per part, keyed by revision, in order. */
export const partsBetweenStatement = (of: PartsOf, after: Revision, until: Revision): Statement => ({
  text:
    `MATCH (p:${of === "changes" ? labels.commitPart : labels.commitNodes}) ` +
    "WHERE p.revision > $after AND p.revision <= $until AND p.part >= 0 " +
    "RETURN p.revision AS key, [p.part, p.before, p.rows, p.text] AS value ORDER BY p.revision, p.part",
  parameters: { after: BigInt(after), until: BigInt(until) },
});

/**
 * The numbers of nodes, edges and log entries, in one row each. Neo4j knows them without counting, but only if no key
 * stands beside the count. So the keys are added afterwards.
 */
export const sizesStatement: Statement = {
  text:
    `MATCH (n:${labels.node}) WITH count(*) AS value RETURN "nodes" AS key, value ` +
    'UNION ALL MATCH ()-[r]->() WITH count(r) AS value RETURN "edges" AS key, value ' +
    `UNION ALL MATCH (c:${labels.commit}) WITH count(*) AS value RETURN "entries" AS key, value`,
  parameters: {},
};
