import type { PartsOf } from "../../../domain/changes/log-part";
import type { Revision } from "../../../domain/graph/node";
import { labels, type Statement } from "./statement";

/** A page in the order of a property that is unique among what has the label, and holds ASCII alone. */
const page = (label: string, by: string, values: string, after: string | null, limit: number): Statement => ({
  text:
    `MATCH (n:${label}) WHERE n.${by} > $after WITH n ORDER BY n.${by} LIMIT $limit ` +
    `RETURN n.${by} AS key, ${values} AS value`,
  parameters: { after: after ?? "", limit: BigInt(limit) },
});

/** Slugs with their owners: a row a slug, keyed by `Kind:slug`. */
export const slugPage = (after: string | null, limit: number): Statement =>
  page(labels.slug, "key", "[n.owner, n.current]", after, limit);

/** Removed items with the revisions that removed them, keyed by their subjects. */
export const tombstonePage = (after: string | null, limit: number): Statement =>
  page(labels.tombstone, "subject", "n.revision", after, limit);

const commitKey = "RETURN [n.actor, n.key] AS key, [n.inputHash, n.at, n.revision, n.changes] AS value";
const saveKey = "RETURN [n.principal, n.key] AS key, [n.inputHash, n.at, n.result] AS value";
const between = "n.at >= $from AND n.at < $until";
const times = (from: Date, until: Date) => ({ from: BigInt(from.getTime()), until: BigInt(until.getTime()) });

/** Idempotency keys of commits that were used from one time on and before another. */
export const commitKeysStatement = (from: Date, until: Date): Statement => ({
  text: `MATCH (n:${labels.idempotency}) WHERE ${between} ${commitKey}`,
  parameters: times(from, until),
});

/** Those that were used with the head at a revision or beyond; rows as those of `commitKeysStatement`. */
export const commitKeysSinceStatement = (revision: Revision, from: Date): Statement => ({
  text: `MATCH (n:${labels.idempotency}) WHERE n.at >= $from AND n.revision >= $revision ${commitKey}`,
  parameters: { revision: BigInt(revision), from: BigInt(from.getTime()) },
});

/** Keys of saves that were used from one time on and before another. */
export const saveKeysStatement = (from: Date, until: Date): Statement => ({
  text: `MATCH (n:${labels.repeatKey}) WHERE ${between} ${saveKey}`,
  parameters: times(from, until),
});

/** At which version each draft is: a row a draft, keyed by its id. */
export const draftVersionsStatement: Statement = {
  text: `MATCH (d:${labels.draft}) WHERE d.id IS NOT NULL AND d.version IS NOT NULL RETURN d.id AS key, d.version AS value`,
  parameters: {},
};

/** The parts of the entries after a revision, up to another one: a row a part, keyed by revision, in order. */
export const partsBetweenStatement = (of: PartsOf, after: Revision, until: Revision): Statement => ({
  text:
    `MATCH (p:${of === "changes" ? labels.commitPart : labels.commitNodes}) ` +
    "WHERE p.revision > $after AND p.revision <= $until AND p.part >= 0 " +
    "RETURN p.revision AS key, [p.part, p.before, p.rows, p.text] AS value ORDER BY p.revision, p.part",
  parameters: { after: BigInt(after), until: BigInt(until) },
});

/**
 * How many nodes, edges and entries there are, in a row each. Neo4j knows it without counting, but not of rows that have a
 * key beside the count, so the keys come after.
 */
export const sizesStatement: Statement = {
  text:
    `MATCH (n:${labels.node}) WITH count(*) AS value RETURN "nodes" AS key, value ` +
    'UNION ALL MATCH ()-[r]->() WITH count(r) AS value RETURN "edges" AS key, value ' +
    `UNION ALL MATCH (c:${labels.commit}) WITH count(*) AS value RETURN "entries" AS key, value`,
  parameters: {},
};
