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

/** See `GraphStore.head`. Throws STORE_MISMATCH where no bank is set up. */
export async function headOf(reads: Reads, signal?: AbortSignal): Promise<HeadId> {
  const [row] = await reads.rows(headStatement, signal);
  if (!row) throw new DomainError("STORE_MISMATCH", "The Neo4j database holds no bank; run fulcrum migrate first.");
  assertFinished(row[0]);
  const [revision, , hash] = row[1] as readonly [Revision, string, string];
  return Object.freeze({ revision, hash });
}

/** The head of a row of `lockHeadStatement`. Throws STORE_MISMATCH unless the database is set up for this program. */
export function headIdOf(row: Row | undefined): HeadId {
  const [hash, formatOfHead] = (row?.[1] ?? []) as readonly [string?, number?];
  assertFinished(formatOfHead);
  if (!row || formatOfHead !== format)
    throw new DomainError("STORE_MISMATCH", "Neo4j is not set up for this program; run fulcrum migrate first.");
  return { revision: row[0] as Revision, hash: hash! };
}

/**
 * How the graph is laid out in Neo4j, apart from what follows from the ontology. A change of it needs a new number, unless
 * programs that do not know of it do no harm. 2: commits are findable by what they changed. 3: the log is chained, and what
 * its entries changed lies in parts.
 */
export const format = 3;

/**
 * In its place while a backup is restored into the database. Programs that do not know of it take it for a format that is
 * newer than theirs, so that no program whatever reads or writes a part of a bank.
 */
export const unfinishedFormat = 1000000000;

/** Throws STORE_MISMATCH for a database into which a restore was begun and has not come to its end. */
export function assertFinished(formatOfHead: unknown): void {
  if (formatOfHead === unfinishedFormat) throw new DomainError("STORE_MISMATCH", unfinishedSentence);
}

const lightNames = (fields: Readonly<Record<string, Field>>): string[] =>
  Object.keys(fields).filter((name) => !fields[name]!.long);

/**
 * Stands for all in the ontology that the bookkeeping of nodes and edges follows from. What was written under another
 * layout must be written anew.
 */
export const layout: string = createHash("sha256")
  .update(
    JSON.stringify([
      nodeKindNames.map((kind) => [kind, orderKeys(kind), lightNames(nodeKinds[kind].fields)]),
      Object.entries(edgeKinds).map(([edge, { properties }]) => [edge, Object.keys(properties)]),
    ]),
  )
  .digest("base64url");
