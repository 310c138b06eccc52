import { DomainError } from "../../domain/errors";
import type { Connection } from "./connection";
import { migrations } from "./migrations";
import { updateOntologyIndexes } from "./ontology-indexes";
import { sql } from "./sql";

/** Marks the file as Fulcrum's own, so that no other program's database is taken for an empty store ("Fulc"). */
const applicationId = 0x46756c63;

/**
 * The storage version of the file, 0 if it is empty. Throws STORE_MISMATCH for a file of a newer program or of another one.
 */
export function storageVersion(connection: Connection): number {
  const [id] = connection.row<[number]>(sql`PRAGMA application_id`) as [number];
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
export function assertCurrent(connection: Connection): void {
  const version = storageVersion(connection);
  if (version < migrations.length) {
    throw new DomainError(
      "STORE_MISMATCH",
      version === 0
        ? "The store is not set up yet; migrate it first."
        : `The store has storage version ${version}, but this program needs ${migrations.length}; migrate it first.`,
    );
  }
}

/** Brings the file to the current storage version, within the transaction that is open. */
export async function upgrade(connection: Connection): Promise<void> {
  for (const migration of migrations.slice(storageVersion(connection))) {
    if (typeof migration === "string") connection.execute(migration);
    else await migration(connection);
  }
  updateOntologyIndexes(connection);
  connection.execute(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${migrations.length}`);
}
