import { labels, type Statement } from "./statement";

const call = (text: string): Statement => ({ text, parameters: {} });

/** All indexes, including those of constraints: one row per index, keyed by name, with its state (such as `ONLINE`). */
export const indexesStatement: Statement = call("SHOW INDEXES YIELD name, state RETURN name AS key, state AS value");

export const awaitIndexesStatement: Statement = call("CALL db.awaitIndexes(600)");

/**
 * Samples the indexes and drops plans that were made from older samples. Plans from right after a load take indexes for
 * empty and scan them for each look-up. Such plans would otherwise stay.
 */
export const replanStatement: Statement = call("CALL db.prepareForReplanning(600)");

export const setFormatStatement = (format: number): Statement => ({
  text: `MATCH (h:${labels.head} {name: "head"}) SET h.format = $format RETURN h.revision AS key, null AS value`,
  parameters: { format: BigInt(format) },
});

/** Creates the head of an empty bank, at revision 0, unless there is a head. */
export const createHeadStatement = (format: number, layout: string): Statement => ({
  text:
    `MERGE (h:${labels.head} {name: "head"}) ` +
    'ON CREATE SET h.revision = 0, h.hash = "", h.format = $format, h.layout = $layout ' +
    "RETURN h.revision AS key, null AS value",
  parameters: { format: BigInt(format), layout },
});

export const setLayoutStatement = (layout: string): Statement => ({
  text: `MATCH (h:${labels.head} {name: "head"}) SET h.layout = $layout RETURN h.revision AS key, null AS value`,
  parameters: { layout },
});

/**
 * Prevents writes by programs that know only formats up to 2 and may still run. These programs lock the head by setting
 * `_lock`, which is unique among heads. A second head, the guard, now holds `_lock`, so their writes fail.
 */
export const keepOldWritersOutStatement: Statement = call(
  `MATCH (h:${labels.head} {name: "head"}) REMOVE h._lock WITH h ` +
    `MERGE (guard:${labels.head} {name: "guard"}) SET guard._lock = true RETURN guard.name AS key, null AS value`,
);
