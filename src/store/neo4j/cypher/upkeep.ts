import { type NodeKind, nodeKindNames } from "../../../domain/ontology/node-kinds";
import { orderKeys } from "../order-keys";
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

/** Give nodes the order properties that they would be written with now. */
export const renewOrderPropertiesStatements = (): readonly Statement[] =>
  nodeKindNames
    .filter((kind) => orderKeys(kind).some(({ ranked, absent }) => ranked ?? absent))
    .map(renewOrderProperties);

function renewOrderProperties(kind: NodeKind): Statement {
  const ranks: Record<string, Record<string, bigint>> = {};
  const assignments = orderKeys(kind).flatMap(({ field, property, ranked, absent }) => {
    if (ranked) ranks[field] = Object.fromEntries(ranked.map((value, rank) => [value, BigInt(rank)]));
    return [
      ...(ranked ? [`n.${property} = $${field}[n.${field}]`] : []),
      ...(absent ? [`n.${absent} = CASE WHEN n.${field} IS NULL THEN true END`] : []),
    ];
  });
  return {
    text: `MATCH (n:${kind}) CALL (n) { SET ${assignments.join(", ")} } IN TRANSACTIONS OF 1000 ROWS`,
    parameters: ranks,
  };
}
