import type { EdgeKey } from "../../../domain/graph/node";
import type { NodeId } from "../../../domain/ids";
import type { EdgeKind } from "../../../domain/ontology/edge-kinds";
import { labels, type Statement } from "./statement";

/** Nodes of all kinds by id: all their properties, or the light node as JSON. */
export const scanNodesStatement = (after: NodeId | null, limit: number, light = false): Statement => ({
  text:
    `MATCH (n:${labels.node}) WHERE n._id > $after WITH n ORDER BY n._id LIMIT $limit ` +
    `RETURN n._id AS key, ${light ? "n._light" : "properties(n)"} AS value`,
  parameters: { after: after ?? "", limit: BigInt(limit) },
});

/** Edges of a kind in full, by from and to. */
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
