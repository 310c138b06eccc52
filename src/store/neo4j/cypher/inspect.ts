import type { NodeId } from "../../../domain/ids";
import { labels, type Statement } from "./statement";

/** Nodes with all their labels and properties, by id. */
export const inspectNodesStatement = (after: NodeId | null, limit: number): Statement => ({
  text:
    `MATCH (n:${labels.node}) WHERE n._id > $after WITH n ORDER BY n._id LIMIT $limit ` +
    "RETURN n._id AS key, [labels(n), properties(n)] AS value",
  parameters: { after: after ?? "", limit: BigInt(limit) },
});

/**
 * Nodes of the graph that no program of ours has made: without an id, or without the label that all ours have. What a
 * label with an underscore marks is no part of the graph.
 */
export const strayNodesStatement: Statement = {
  text:
    `MATCH (n) WHERE (NOT n:${labels.node} OR n._id IS NULL) ` +
    `AND none(label IN labels(n) WHERE label STARTS WITH "_" AND label <> "${labels.node}") ` +
    "RETURN elementId(n) AS key, [labels(n), properties(n)] AS value",
  parameters: {},
};

/** Relationships that no program of ours has made, with what is known of their ends. */
export const strayEdgesStatement: Statement = {
  text:
    "MATCH (a)-[r]->(b) WHERE coalesce(r._from <> a._id OR r._to <> b._id, true) " +
    "RETURN elementId(r) AS key, [type(r), properties(r), [labels(a), properties(a)], [labels(b), properties(b)]] AS value",
  parameters: {},
};

/** Takes away nodes and relationships by the names that Neo4j has for them. */
export const removeStraysStatement = (strays: readonly string[]): Statement => ({
  text:
    "UNWIND $strays AS stray OPTIONAL MATCH ()-[r]->() WHERE elementId(r) = stray DELETE r WITH stray " +
    "OPTIONAL MATCH (n) WHERE elementId(n) = stray DETACH DELETE n RETURN count(*) AS key, null AS value",
  parameters: { strays },
});
