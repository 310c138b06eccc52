import type { EdgeKey } from "../../../domain/graph/node";
import type { NodeId } from "../../../domain/ids";
import type { EdgeKind } from "../../../domain/ontology/edge-kinds";
import { labels, type Statement } from "./statement";

/** A page of nodes of all kinds, by id: one row per node, with all its properties, or with the light node as JSON. */
export const scanNodesStatement = (after: NodeId | null, limit: number, light = false): Statement => ({
  text:
    `MATCH (n:${labels.node}) WHERE n._id > $after WITH n ORDER BY n._id LIMIT $limit ` +
    `RETURN n._id AS key, ${light ? "n._light" : "properties(n)"} AS value`,
  parameters: { after: after ?? "", limit: BigInt(limit) },
});

/** A page of edges of a kind, by from and to: one row per edge, with all its properties. */
export function scanEdgesStatement(edge: EdgeKind, after: EdgeKey | null, limit: number): Statement {
  const stretch = (where: string) =>
    `MATCH ()-[r:${edge}]->() WHERE ${where} WITH r ORDER BY r._from, r._to LIMIT $limit RETURN r`;
  const beyond = stretch("r._from > $from AND r._to IS NOT NULL");
  const stretches = after === null ? beyond : `${stretch("r._from = $from AND r._to > $to")} UNION ALL ${beyond}`;
  return {
    text: `CALL () { ${stretches} } WITH r LIMIT $limit RETURN "${edge}" AS key, properties(r) AS value`,
    parameters: { from: after?.from ?? "", ...(after && { to: after.to }), limit: BigInt(limit) },
  };
}

/** A page of nodes by id: one row per node, with all its labels and properties. */
export const inspectNodesStatement = (after: NodeId | null, limit: number): Statement => ({
  text:
    `MATCH (n:${labels.node}) WHERE n._id > $after WITH n ORDER BY n._id LIMIT $limit ` +
    "RETURN n._id AS key, [labels(n), properties(n)] AS value",
  parameters: { after: after ?? "", limit: BigInt(limit) },
});

/**
 * Nodes that this program has not made: they lack an id or the label `_Node`. Nodes with another label that begins with
 * an underscore are not part of the graph and left out. Keyed by Neo4j's element id, with labels and properties.
 */
export const strayNodesStatement: Statement = {
  text:
    `MATCH (n) WHERE (NOT n:${labels.node} OR n._id IS NULL) ` +
    `AND none(label IN labels(n) WHERE label STARTS WITH "_" AND label <> "${labels.node}") ` +
    "RETURN elementId(n) AS key, [labels(n), properties(n)] AS value",
  parameters: {},
};

/**
 * Relationships that this program has not made: `_from` or `_to` is missing or not the id of that end. Keyed by Neo4j's
 * element id, with type, properties, and labels and properties of both ends.
 */
export const strayEdgesStatement: Statement = {
  text:
    "MATCH (a)-[r]->(b) WHERE coalesce(r._from <> a._id OR r._to <> b._id, true) " +
    "RETURN elementId(r) AS key, [type(r), properties(r), [labels(a), properties(a)], [labels(b), properties(b)]] AS value",
  parameters: {},
};

/** Removes nodes and relationships by Neo4j's element ids. */
export const removeStraysStatement = (strays: readonly string[]): Statement => ({
  text:
    "UNWIND $strays AS stray OPTIONAL MATCH ()-[r]->() WHERE elementId(r) = stray DELETE r WITH stray " +
    "OPTIONAL MATCH (n) WHERE elementId(n) = stray DETACH DELETE n RETURN count(*) AS key, null AS value",
  parameters: { strays },
});
