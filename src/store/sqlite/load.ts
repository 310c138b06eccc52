import {
  changesOfEntry,
  type CommitKey,
  type LiveDumpPart,
  type SaveKey,
  type SlugOwner,
} from "../../domain/backup/dump";
import type { HeadId } from "../../domain/changes/change-set";
import type { LogEntry } from "../../domain/changes/log-entry";
import { DomainError } from "../../domain/errors";
import { Pacer } from "../../domain/pacer";
import { appendEntry, headOfLog, packedParts } from "./commit-log";
import { SqliteConnection } from "./connection";
import { writeDraft } from "./draft-rows";
import { copyFailure } from "./driver-errors";
import { upgrade } from "./format";
import { sql } from "./sql";
import { writeKey } from "./sqlite-key-store";
import { bury, writeChanges, writeItem } from "./write-changes";

/**
 * Makes an empty file the bank that a dump of another store holds. The file is of no use where this fails. Throws
 * STORE_UNUSABLE where it cannot be written, and what the dump throws.
 */
export async function loadBank(path: string, parts: AsyncIterable<LiveDumpPart>): Promise<void> {
  const connection = new SqliteConnection(path);
  try {
    // Nobody else sees the file, and nobody would go on with a part of it.
    connection.execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536; BEGIN");
    await upgrade(connection);
    const loading = new Loading(connection);
    for await (const part of parts) await loading.take(part);
    loading.assertWhole();
    connection.execute("COMMIT; PRAGMA analysis_limit = 200; ANALYZE");
  } catch (error) {
    throw copyFailure(error, "The store", path);
  } finally {
    connection.close();
  }
}

class Loading {
  private readonly pacer = new Pacer();
  private end: HeadId | null = null;

  constructor(private readonly connection: SqliteConnection) {}

  async take(part: LiveDumpPart): Promise<void> {
    const { connection } = this;
    if ("items" in part) part.items.forEach((item) => writeItem(connection, item));
    else if ("slugs" in part) part.slugs.forEach((slug) => writeSlug(connection, slug));
    else if ("tombstones" in part)
      part.tombstones.forEach(({ subject, revision }) => bury(connection, subject, revision));
    else if ("entries" in part) await this.append(part.entries);
    else if ("laterEntries" in part) await this.appendAndApply(part.laterEntries);
    else if ("commitKeys" in part) part.commitKeys.forEach((key) => writeCommitKey(connection, key));
    else if ("saveKeys" in part) part.saveKeys.forEach((key) => writeSaveKey(connection, key));
    else if ("drafts" in part) part.drafts.forEach((draft) => writeDraft(connection, draft));
    else if ("apiKeys" in part) part.apiKeys.forEach((key) => writeKey(connection, key));
    else if ("end" in part) this.end = part.end;
    await this.pacer.yieldToEventLoop();
  }

  /** Throws STORE_UNUSABLE unless the dump has come to its end, with the log that it speaks of. */
  assertWhole(): void {
    const { revision, hash } = headOfLog(this.connection);
    if (this.end?.revision !== revision || this.end.hash !== hash)
      throw new DomainError(
        "STORE_UNUSABLE",
        "The log of the store does not end with its head; fulcrum verify tells more.",
      );
  }

  private async append(entries: readonly LogEntry[]): Promise<void> {
    for (const entry of entries) appendEntry(this.connection, entry, await packedParts(entry));
  }

  private async appendAndApply(entries: readonly LogEntry[]): Promise<void> {
    for (const entry of entries) {
      await this.append([entry]);
      await writeChanges(this.connection, changesOfEntry(entry), entry.head.revision, this.pacer);
    }
  }
}

const writeSlug = (connection: SqliteConnection, { kind, slug, owner }: SlugOwner): void =>
  connection.run(sql`INSERT OR REPLACE INTO slug (kind, slug, id) VALUES (${kind}, ${slug}, ${owner})`);

const writeCommitKey = (
  connection: SqliteConnection,
  { actor, key, at, inputHash, revision, changes }: CommitKey,
): void =>
  connection.run(
    sql`INSERT OR REPLACE INTO idempotency (actor_kind, actor_name, key, at, hash, revision, changes)
      VALUES (${actor.kind}, ${actor.name}, ${key}, ${at}, ${inputHash}, ${revision}, ${changes})`,
  );

const writeSaveKey = (connection: SqliteConnection, { principal, key, at, inputHash, result }: SaveKey): void =>
  connection.run(
    sql`INSERT OR REPLACE INTO repeat_key (principal, key, at, hash, result)
      VALUES (${principal}, ${key}, ${at}, ${inputHash}, ${result})`,
  );
