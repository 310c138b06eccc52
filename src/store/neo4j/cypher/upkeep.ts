import type { Properties } from "../../../domain/graph/node";
import type { NodeKind } from "../../../domain/ontology/node-kinds";
import { orderKeys } from "../order-keys";
import { labels, nodeById, type Statement } from "./statement";
import { idRange } from "./stretches";

const call = (text: string): Statement => ({ text, parameters: {} });

/** Every index, those of constraints included, keyed by name, with its state. */
export const indexesStatement: Statement = call("SHOW INDEXES YIELD name, state RETURN name AS key, state AS value");

export const awaitIndexesStatement: Statement = call("CALL db.awaitIndexes(600)");

/**
 * Samples the indexes and drops the plans made from older samples. Plans made right after much was loaded take indexes
 * for empty, scan them for each thing they look for, and would stay.
 */
export const replanStatement: Statement = call("CALL db.prepareForReplanning(600)");

/** Sets up the head of an empty bank, unless there is one. */
export const createHeadStatement = (format: number, orderRules: string): Statement => ({
  text:
    `MERGE (h:${labels.head} {name: "head"}) ` +
    "ON CREATE SET h.revision = 0, h.format = $format, h.orderRules = $orderRules RETURN h.revision AS key, null AS value",
  parameters: { format: BigInt(format), orderRules },
});

export const setOrderRulesStatement = (orderRules: string): Statement => ({
  text: `MATCH (h:${labels.head} {name: "head"}) SET h.orderRules = $orderRules RETURN h.revision AS key, null AS value`,
  parameters: { orderRules },
});

/** What the order properties of nodes follow from: kinds with such properties, one page of their nodes by id. */
export const orderSourcesStatement = (kind: NodeKind, after: string, limit: number): Statement => ({
  text:
    `MATCH (n:${labels.node}) WHERE n._id > $after AND n._id < $high WITH n ORDER BY n._id LIMIT $limit ` +
    `RETURN n._id AS key, n {${orderKeys(kind)
      .map(({ field }) => `.${field}`)
      .join(", ")}} AS value`,
  parameters: { after, high: idRange(kind)[1], limit: BigInt(limit) },
});

/** Sets the order properties of nodes; null removes one. */
export const renewOrderPropertiesStatement = (
  rows: readonly { readonly id: string; readonly properties: Properties }[],
): Statement => ({
  text: `UNWIND $rows AS row ${nodeById("n", "row.id")} SET n += row.properties RETURN count(*) AS key, null AS value`,
  parameters: { rows },
});
