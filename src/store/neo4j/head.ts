import type { HeadId } from "../../domain/changes/change-set";
import { DomainError } from "../../domain/errors";
import type { Revision } from "../../domain/graph/node";
import { headStatement } from "./cypher/look-ups";
import type { Row } from "./cypher/statement";
import type { Reads } from "./driver/reads";
import { assertFinished, format } from "./format";

/** See `GraphStore.head`. Throws STORE_MISMATCH where no bank is set up. */
export async function headOf(reads: Reads, signal?: AbortSignal): Promise<HeadId> {
  const [row] = await reads.rows(headStatement, signal);
  if (!row) throw new DomainError("STORE_MISMATCH", "The Neo4j database holds no bank; migrate it first.");
  assertFinished(row[0]);
  const [revision, , hash] = row[1] as readonly [Revision, string, string];
  return Object.freeze({ revision, hash });
}

/** The head of a row of `lockHeadStatement`. Throws STORE_MISMATCH unless the database is set up for this program. */
export function headIdOf(row: Row | undefined): HeadId {
  const [hash, formatOfHead] = (row?.[1] ?? []) as readonly [string?, number?];
  assertFinished(formatOfHead);
  if (!row || formatOfHead !== format)
    throw new DomainError("STORE_MISMATCH", "Neo4j is not set up for this program; migrate it first.");
  return { revision: row[0] as Revision, hash: hash! };
}
