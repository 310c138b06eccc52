import { unfinishedSentence } from "../../domain/backup/contents";
import { DomainError } from "../../domain/errors";

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
export const unfinishedFormat = 1_000_000_000;

/** Throws STORE_MISMATCH for a database into which a restore was begun and has not come to its end. */
export function assertFinished(formatOfHead: unknown): void {
  if (formatOfHead === unfinishedFormat) throw new DomainError("STORE_MISMATCH", unfinishedSentence);
}
