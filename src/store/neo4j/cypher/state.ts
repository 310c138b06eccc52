import type { StateReader } from "../../../domain/changes/state-reader";
import type { EdgeKey } from "../../../domain/graph/node";
import type { NodeId, Slug } from "../../../domain/ids";
import type { NodeKind } from "../../../domain/ontology/node-kinds";
import { slugKeys } from "./look-ups";
import { edgeByEnds, found, labels, nodeById, type Statement } from "./statement";
import { idRange } from "./keyset";

/** Nodes with all their properties: one row per existing node, keyed by its id. */
export const nodeStatesStatement = (ids: readonly NodeId[]): Statement => ({
  text: `UNWIND $ids AS id ${nodeById("n", "id")} RETURN id AS key, properties(n) AS value`,
  parameters: { ids },
});

/** The existence of nodes: one row per existing node, keyed by its id. */
export const nodesThereStatement = (ids: readonly NodeId[]): Statement => ({
  text: `UNWIND $ids AS id ${nodeById("n", "id")} RETURN id AS key, null AS value`,
  parameters: { ids },
});

/** Edges with all their properties: one row per existing edge, keyed by its kind. */
export const edgeStatesStatement = (keys: readonly EdgeKey[]): Statement => ({
  text: `UNWIND $keys AS key ${edgeByEnds("key")} RETURN key.edge AS key, properties(r) AS value`,
  parameters: { keys: keys.map(({ edge, from, to }) => ({ edge, from, to })) },
});

/**
 * Edges of a kind that have nodes at one end: one row per existing node, keyed by its id, with the first `limit` edges
 * by the id at the other end.
 */
export function adjacentStatement({ edge, end, of, limit }: Parameters<StateReader["adjacent"]>[0]): Statement {
  const [links, other] = end === "from" ? [`(n)-[r:${edge}]->()`, "_to"] : [`(n)<-[r:${edge}]-()`, "_from"];
  return {
    text:
      `UNWIND $ids AS id ${nodeById("n", "id")} RETURN id AS key, ` +
      `COLLECT { MATCH ${links} WITH r ORDER BY r.${other} LIMIT $limit RETURN properties(r) } AS value`,
    parameters: { ids: of, limit: BigInt(limit) },
  };
}

/** Owners of current and former slugs: one row per slug that ever existed, keyed by `Kind:slug`. */
export const slugOwnersStatement = (kind: NodeKind, slugs: readonly Slug[]): Statement => ({
  text: `UNWIND $keys AS key ${found("s", labels.slug, { key: "key" })} RETURN key, s.owner AS value`,
  parameters: { keys: slugKeys(kind, slugs) },
});

/** Current slugs of a kind in order, at most `limit`: one row per slug, keyed by `Kind:slug`. */
export function currentSlugsStatement(kind: NodeKind, limit: number): Statement {
  const [low, high] = idRange(kind);
  return {
    text:
      `MATCH (s:${labels.slug}) WHERE s.key > $low AND s.key < $high AND s.current ` +
      "WITH s ORDER BY s.key LIMIT $limit RETURN s.key AS key, s.owner AS value",
    parameters: { low, high, limit: BigInt(limit) },
  };
}
