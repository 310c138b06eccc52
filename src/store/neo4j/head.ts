import { createHash } from "node:crypto";
import { unfinishedSentence } from "../../domain/backup/dump";
import type { HeadId } from "../../domain/changes/change-set";
import { DomainError } from "../../domain/errors";
import type { Revision } from "../../domain/graph/node";
import { nodeKindNames, nodeKinds } from "../../domain/ontology/node-kinds";
import type { Field } from "../../domain/ontology/field";
import { edgeKinds } from "../../domain/ontology/edge-kinds";
import { headStatement } from "./cypher/look-ups";
import type { Row } from "./cypher/statement";
import type { Reads } from "./driver/reads";
import { orderKeys } from "./order-keys";

/** Implements `GraphStore.head`. Throws STORE_MISMATCH if the database holds no bank or an unfinished restore. */
export async function headOf(reads: Reads, signal?: AbortSignal): Promise<HeadId> {
  const [row] = await reads.rows(headStatement, signal);
  if (!row) throw new DomainError("STORE_MISMATCH", "The Neo4j database holds no bank; run fulcrum migrate first.");
  assertFinished(row[0]);
  const [revision, , hash] = row[1] as readonly [Revision, string, string];
  return Object.freeze({ revision, hash });
}

/**
 * Returns the head in a row of `lockHeadStatement`. Throws STORE_MISMATCH if the row is missing or has another format.
 */
export function headIdOf(row: Row | undefined): HeadId {
  const [hash, formatOfHead] = (row?.[1] ?? []) as readonly [string?, number?];
  assertFinished(formatOfHead);
  if (!row || formatOfHead !== format)
    throw new DomainError("STORE_MISMATCH", "Neo4j is not set up for this program; run fulcrum migrate first.");
  return { revision: row[0] as Revision, hash: hash! };
}

/**
 * The number of the store's format in Neo4j, apart from what follows from the ontology (`layout`). A change of the
 * format needs a new number, unless older programs do no harm to it. 2: commits are findable by what they changed. 3:
 * the log is chained, and the changes of its entries lie in parts.
 */
export const format = 3;

/**
 * The format number of a database during a restore. Programs that do not know this number take it for a newer format.
 * So no program reads or writes a part of a bank.
 */
export const unfinishedFormat = 1000000000;

/** Throws STORE_MISMATCH for the format of a database whose restore is not complete. */
export function assertFinished(formatOfHead: unknown): void {
  if (formatOfHead === unfinishedFormat) throw new DomainError("STORE_MISMATCH", unfinishedSentence);
}

const lightNames = (fields: Readonly<Record<string, Field>>): string[] =>
  Object.keys(fields).filter((name) => !fields[name]!.long);

/**
 * A hash (SHA-256, base64url) of everything in the ontology that the bookkeeping of nodes and edges follows from. Nodes
 * and edges that were written under another layout must be written again.
 */
export const layout: string = createHash("sha256")
  .update(
    JSON.stringify([
      nodeKindNames.map((kind) => [kind, orderKeys(kind), lightNames(nodeKinds[kind].fields)]),
      Object.entries(edgeKinds).map(([edge, { properties }]) => [edge, Object.keys(properties)]),
    ]),
  )
  .digest("base64url");
