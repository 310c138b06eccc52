import type { HeadId } from "../../domain/changes/change-set";
import { DomainError } from "../../domain/errors";
import type { Revision } from "../../domain/graph/node";
import { headStatement } from "./cypher/look-ups";
import type { Reads } from "./driver/reads";

/** See `GraphStore.head`. Throws STORE_MISMATCH where no bank is set up. */
export async function headOf(reads: Reads, signal?: AbortSignal): Promise<HeadId> {
  const [row] = await reads.rows(headStatement, signal);
  if (!row) throw new DomainError("STORE_MISMATCH", "The Neo4j database holds no bank; migrate it first.");
  const [revision, , hash] = row[1] as readonly [Revision, string, string];
  return Object.freeze({ revision, hash });
}
