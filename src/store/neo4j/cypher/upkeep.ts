import { labels, type Statement } from "./statement";

const call = (text: string): Statement => ({ text, parameters: {} });

/** Every index, those of constraints included, keyed by name, with its state. */
export const indexesStatement: Statement = call("SHOW INDEXES YIELD name, state RETURN name AS key, state AS value");

export const awaitIndexesStatement: Statement = call("CALL db.awaitIndexes(600)");

/**
 * Samples the indexes and drops the plans made from older samples. Plans made right after much was loaded take indexes
 * for empty, scan them for each thing they look for, and would stay.
 */
export const replanStatement: Statement = call("CALL db.prepareForReplanning(600)");

export const setFormatStatement = (format: number): Statement => ({
  text: `MATCH (h:${labels.head} {name: "head"}) SET h.format = $format RETURN h.revision AS key, null AS value`,
  parameters: { format: BigInt(format) },
});

/** Sets up the head of an empty bank, unless there is one. */
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
 * Keeps programs from writing that know formats up to 2 only and may still run: they lock the head by setting `_lock`,
 * which is unique among heads, and another one has it from now on.
 */
export const keepOldWritersOutStatement: Statement = call(
  `MATCH (h:${labels.head} {name: "head"}) REMOVE h._lock WITH h ` +
    `MERGE (guard:${labels.head} {name: "guard"}) SET guard._lock = true RETURN guard.name AS key, null AS value`,
);
