import { randomUUID } from "node:crypto";
import type { Contents, DumpPart } from "../../domain/backup/dump";
import type { HeadId } from "../../domain/changes/change-set";
import type { LogEntry } from "../../domain/changes/log-entry";
import type { Draft } from "../../domain/drafts/draft-store";
import { DomainError } from "../../domain/errors";
import { creatingStatements } from "./cypher/changes";
import { lockDraftStatement, saveDraftStatement } from "./cypher/drafts";
import {
  beginStatement,
  contentsStatement,
  createApiKeysStatement,
  createCommitKeysStatement,
  createFindablesStatement,
  createSaveKeysStatement,
  createSlugsStatement,
  createTombstonesStatement,
  endBatchStatement,
  endRestoreStatement,
  lockRestoreStatement,
  othersLabels,
  removeSomeStatement,
} from "./cypher/load";
import { appendEntryStatement, lockHeadStatement } from "./cypher/log";
import type { Statement } from "./cypher/statement";
import { awaitIndexesStatement, replanStatement } from "./cypher/upkeep";
import type { Reads } from "./driver/reads";
import type { Run, Writes } from "./driver/writes";
import { format, layout, unfinishedFormat } from "./head";
import { assertNotNewer, migrate } from "./migration";
import { draftParts } from "./neo4j-draft-store";

/** Returns what a restore into the database would meet. Throws STORE_MISMATCH for the bank of a newer program. */
export async function contentsOf(run: Run): Promise<Contents> {
  const [row] = await run(contentsStatement);
  const [formatOfHead, isFilled] = row as readonly [number | null, boolean];
  if (formatOfHead === unfinishedFormat) return "UNFINISHED";
  assertNotNewer(formatOfHead ?? 0);
  return isFilled ? "SOMETHING" : "NOTHING";
}

/**
 * Fills an empty database from a dump. A part of an interrupted restore is removed first. Programs refuse to open the
 * database until a restore into it is complete. Throws INVALID_ARGUMENT for a database that holds anything else,
 * STORE_MISMATCH for the bank of a newer program, STORE_UNUSABLE for a dump without an end, CONFLICT if another restore
 * into the database starts meanwhile, and what the dump throws.
 */
export async function load(reads: Reads, writes: Writes, parts: AsyncIterable<DumpPart>): Promise<void> {
  if ((await contentsOf((statement) => reads.rows(statement))) !== "UNFINISHED") await migrate(reads, writes);
  const loading = new Loading(writes);
  await loading.begin();
  for await (const part of parts) await loading.take(part);
  await loading.finish();
  await writes.alone(awaitIndexesStatement);
  await writes.alone(replanStatement);
}

class Loading {
  private readonly restore = randomUUID();
  private batch = 0;
  private end: HeadId | null = null;

  constructor(private readonly writes: Writes) {}

  async begin(): Promise<void> {
    await this.writes.transact(async (run) => {
      await run(lockHeadStatement);
      if ((await contentsOf(run)) === "SOMETHING")
        throw new DomainError(
          "INVALID_ARGUMENT",
          "The database is not empty; a backup goes into one that holds nothing.",
        );
      await run(beginStatement(this.restore));
    });
    for (const label of othersLabels)
      while ((await this.writes.alone(removeSomeStatement(label)))[0]?.[0] !== 0) continue;
  }

  async take(part: DumpPart): Promise<void> {
    if ("end" in part) this.end = part.end;
    else await this.write(statementsFor(part, this.restore));
  }

  async finish(): Promise<void> {
    const { end } = this;
    if (!end) throw new DomainError("STORE_UNUSABLE", "The backup does not come to its end.");
    await this.writes.transact(async (run) => {
      const [restore, [, hash]] = await locked(run);
      // An earlier attempt has succeeded, but its answer was lost.
      if (restore === null && hash === end.hash) return;
      this.assertOwn(restore);
      await run(endRestoreStatement(end, format, layout));
    });
  }

  /** Writes a batch exactly once, even if the answer to an attempt is lost. */
  private async write(statements: readonly Statement[]): Promise<void> {
    if (statements.length === 0) return;
    const batch = ++this.batch;
    await this.writes.transact(async (run) => {
      const [restore, [last]] = await locked(run);
      this.assertOwn(restore);
      if (last === batch) return;
      await Promise.all([...statements, endBatchStatement(batch)].map(run));
    });
  }

  private assertOwn(restore: string | null): void {
    if (restore !== this.restore)
      throw new DomainError("CONFLICT", "Another restore into this database has been started.");
  }
}

const locked = async (run: Run) =>
  (await run(lockRestoreStatement))[0] as readonly [string | null, readonly [number, string]];

function statementsFor(part: Exclude<DumpPart, { readonly end: HeadId }>, attempt: string): readonly Statement[] {
  if ("items" in part) return creatingStatements(part.items);
  if ("slugs" in part) return [createSlugsStatement(part.slugs)];
  if ("tombstones" in part) return [createTombstonesStatement(part.tombstones)];
  if ("entries" in part) return [...part.entries.map(appending), createFindablesStatement(part.entries)];
  if ("commitKeys" in part) return [createCommitKeysStatement(part.commitKeys, attempt)];
  if ("saveKeys" in part) return [createSaveKeysStatement(part.saveKeys, attempt)];
  if ("drafts" in part) return part.drafts.flatMap((draft) => saving(draft, attempt));
  return "apiKeys" in part ? [createApiKeysStatement(part.apiKeys, attempt)] : [];
}

/** Writes an entry without the previous revisions of its items: only a scan needs these, and none runs now. */
const appending = (entry: LogEntry): Statement =>
  appendEntryStatement(
    entry,
    entry.changes.map(() => "[]"),
  );

const saving = (draft: Draft, attempt: string): readonly Statement[] => [
  lockDraftStatement(draft.id),
  saveDraftStatement(draft, draftParts(draft), attempt),
];
