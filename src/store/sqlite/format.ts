import { type Contents, unfinishedSentence } from "../../domain/backup/dump";
import { DomainError } from "../../domain/errors";
import type { SqliteConnection } from "./connection";
import { migrations } from "./migrations";
import { updateOntologyIndexes } from "./ontology-indexes";
import { closed, sql } from "./sql";

/** Marks the file as Fulcrum's own, so that no other program's database is taken for an empty store ("Fulc"). */
const applicationId = 0x46756c63;

/** In its place while a backup is restored into the file, so that no program serves a part of it ("Fulr"). */
const unfinishedId = 0x46756c72;

const idOf = (connection: SqliteConnection): number =>
  (connection.row<[number]>(sql`PRAGMA application_id`) as [number])[0];

/** Marks the file as one into which a restore was begun and has not come to its end. */
export const markUnfinished = (connection: SqliteConnection): void =>
  connection.execute(`PRAGMA application_id = ${unfinishedId}`);

/** What a restore into the file would meet. Throws STORE_MISMATCH for a file of another program. */
export function contentsOf(connection: SqliteConnection): Contents {
  if (idOf(connection) === unfinishedId) return "UNFINISHED";
  if (storageVersion(connection) === 0) return "NOTHING";
  const tables = connection.rows<[string]>(
    sql`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*'`,
  );
  const isEmpty = tables.every(([table]) => !connection.row(sql`SELECT 1 FROM ${closed(table)} LIMIT 1`));
  return isEmpty ? "NOTHING" : "SOMETHING";
}

/**
 * The storage version of the file, 0 if it is empty. Throws STORE_MISMATCH for a file of a newer program or of another one,
 * and for one into which a restore was begun and not ended.
 */
export function storageVersion(connection: SqliteConnection): number {
  const id = idOf(connection);
  if (id === unfinishedId) throw new DomainError("STORE_MISMATCH", unfinishedSentence);
  const [version] = connection.row<[number]>(sql`PRAGMA user_version`) as [number];
  const [tables] = connection.row<[number]>(sql`SELECT count(*) FROM sqlite_schema`) as [number];
  if (id !== applicationId && tables > 0)
    throw new DomainError("STORE_MISMATCH", "The file is a database of another program.");
  if (version > migrations.length) {
    throw new DomainError(
      "STORE_MISMATCH",
      `The store has storage version ${version}, but this program knows versions up to ${migrations.length}; use a newer program.`,
    );
  }
  return version;
}

/** Throws STORE_MISMATCH unless the file has the current storage version. */
export function assertCurrent(connection: SqliteConnection): void {
  const version = storageVersion(connection);
  if (version < migrations.length) {
    throw new DomainError(
      "STORE_MISMATCH",
      version === 0
        ? "The store is not set up yet; run fulcrum migrate first."
        : `The store has storage version ${version}, but this program needs ${migrations.length}; run fulcrum migrate first.`,
    );
  }
}

/** Brings the file to the current storage version, within the transaction that is open. */
export async function upgrade(connection: SqliteConnection): Promise<void> {
  for (const migration of migrations.slice(storageVersion(connection))) {
    if (typeof migration === "string") connection.execute(migration);
    else await migration(connection);
  }
  updateOntologyIndexes(connection);
  connection.execute(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${migrations.length}`);
}
