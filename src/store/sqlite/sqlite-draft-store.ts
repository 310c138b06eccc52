import { assertSameInput } from "../../domain/changes/hash";
import {
  assertVersion,
  type Draft,
  draftStatuses,
  type DraftStore,
  type RepeatKey,
} from "../../domain/drafts/draft-store";
import type { SqliteConnection } from "./connection";
import { storedDraft, storedDrafts, storedVersion, writeDraft } from "./draft-rows";
import { minKeptTime } from "./idempotency";
import { sql } from "./sql";
import type { SqliteFile } from "./store-file";

export class SqliteDraftStore implements DraftStore {
  constructor(
    private readonly file: SqliteFile,
    private readonly now: () => Date,
  ) {}

  draft(id: string): Promise<Draft | null> {
    return this.file.read((connection) => storedDraft(connection, id));
  }

  drafts(query: Parameters<DraftStore["drafts"]>[0]): Promise<readonly Draft[]> {
    return this.file.read((connection) =>
      storedDrafts(connection, query, [...new Set(query.statuses ?? draftStatuses)]),
    );
  }

  save(draft: Draft, repeat?: RepeatKey & { readonly result: string }): Promise<{ readonly replayed: string | null }> {
    return this.file.write((connection) => {
      const now = this.now();
      const replayed = repeat ? firstResult(connection, repeat, now) : null;
      if (replayed !== null) return { replayed };
      assertVersion(draft.id, storedVersion(connection, draft.id), draft.version - 1);
      writeDraft(connection, draft);
      if (repeat) remember(connection, repeat, now);
      return { replayed };
    });
  }

  resultOf(repeat: RepeatKey): Promise<string | null> {
    return this.file.read((connection) => firstResult(connection, repeat, this.now()));
  }
}

function firstResult(connection: SqliteConnection, { principal, key, inputHash }: RepeatKey, now: Date): string | null {
  const row = connection.row<[hash: string, result: string]>(
    sql`SELECT hash, result FROM repeat_key WHERE principal = ${principal} AND key = ${key} AND at >= ${minKeptTime(now)}`,
  );
  if (!row) return null;
  assertSameInput(key, row[0], inputHash);
  return row[1];
}

function remember(
  connection: SqliteConnection,
  { principal, key, inputHash, result }: RepeatKey & { readonly result: string },
  now: Date,
): void {
  connection.run(sql`DELETE FROM repeat_key WHERE at < ${minKeptTime(now)}`);
  connection.run(
    sql`INSERT INTO repeat_key (principal, key, at, hash, result)
      VALUES (${principal}, ${key}, ${now.toISOString()}, ${inputHash}, ${result})`,
  );
}
