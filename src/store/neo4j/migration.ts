import { type Actor, emptyHeadId, type HeadId } from "../../domain/changes/change-set";
import { logEntry } from "../../domain/changes/log-entry";
import { DomainError } from "../../domain/errors";
import type { Revision } from "../../domain/graph/node";
import { Pacer } from "../../domain/pacer";
import type { LoggedChange } from "./commit-log";
import { rewritingStatements } from "./cypher/changes";
import {
  appendEntryStatement,
  lastChainedStatement,
  lockHeadStatement,
  makeFindableStatement,
  moveHeadStatement,
  unchainedStatement,
} from "./cypher/log";
import { headStatement } from "./cypher/look-ups";
import { schemaRules } from "./cypher/schema";
import type { Row } from "./cypher/statement";
import {
  awaitIndexesStatement,
  createHeadStatement,
  indexesStatement,
  keepOldWritersOutStatement,
  setFormatStatement,
  setLayoutStatement,
} from "./cypher/upkeep";
import type { Reads } from "./driver/reads";
import type { Run, Writes } from "./driver/writes";
import { assertFinished, format, layout } from "./head";
import { scan } from "./scan";

/** Implements `GraphStore.migrate`. It takes only two reads if there is nothing to do, as at most starts. */
export async function migrate(reads: Reads, writes: Writes): Promise<void> {
  const [head, indexes] = await Promise.all([headOf(reads), reads.rows(indexesStatement)]);
  assertNotNewer(head?.format ?? 0);
  if (isCurrent(head) && missingIn(indexes, "ONLINE").length === 0) return;

  for (const { text } of missingIn(indexes)) await writes.alone({ text, parameters: {} });
  await writes.alone(awaitIndexesStatement);
  await writes.alone(createHeadStatement(format, layout));
  await writes.alone(keepOldWritersOutStatement);
  const found = await headOf(reads);
  if (found?.format !== format) {
    await chainLog(writes);
  }
  if (found?.layout !== layout) {
    await rewriteAll(reads, writes);
    await writes.alone(setLayoutStatement(layout));
  }
}

const isCurrent = (head: Head | null): boolean => head?.layout === layout && head.format === format;

/** Returns the schema rules without an index, or without one in the wanted state. */
function missingIn(indexes: readonly Row[], wanted?: "ONLINE") {
  const present = new Set(indexes.flatMap(([name, state]) => (!wanted || state === wanted ? [name] : [])));
  return schemaRules.filter(({ name }) => !present.has(name));
}

/** Writes all nodes and edges again, with the bookkeeping of the current layout. */
async function rewriteAll(reads: Reads, writes: Writes): Promise<void> {
  for await (const page of scan(reads, writes))
    for (const statement of rewritingStatements(page)) await writes.alone(statement);
}

/** Throws STORE_MISMATCH unless constraints, indexes and head of the database are those of this program. */
export async function assertMigrated(reads: Reads): Promise<void> {
  const [head, indexes] = await Promise.all([headOf(reads), reads.rows(indexesStatement)]);
  assertNotNewer(head?.format ?? 0);
  const missing = missingIn(indexes, "ONLINE").map(({ name }) => name);
  if (missing.length > 0)
    throw mismatch(`it lacks ${missing.slice(0, 3).join(", ")}${missing.length > 3 ? " and more" : ""}`);
  if (!head) throw mismatch("it holds no bank");
  if (head.format !== format) throw mismatch(`it has format ${head.format}, older than the format ${format}`);
  if (head.layout !== layout) throw mismatch("its nodes are laid out for another ontology");
}

const mismatch = (because: string): DomainError =>
  new DomainError(
    "STORE_MISMATCH",
    `The Neo4j database is not set up for this program (${because}); run fulcrum migrate first.`,
  );

interface Head {
  readonly format: number;
  readonly revision: Revision;
  readonly layout: string;
}

async function headOf(reads: Reads): Promise<Head | null> {
  const [row] = await reads.rows(headStatement);
  return row ? headIn(row) : null;
}

function headIn([formatOfHead, rest]: Row): Head {
  const [revision, rules] = rest as [Revision, string];
  return { format: formatOfHead as number, revision, layout: rules };
}

/** Throws STORE_MISMATCH for a newer format than that of this program, and for an unfinished restore. */
export function assertNotNewer(found: number): void {
  assertFinished(found);
  if (found <= format) return;
  throw new DomainError(
    "STORE_MISMATCH",
    `The Neo4j database has format ${found}, newer than the format ${format} of this program.`,
  );
}

/**
 * Upgrades the log of an older format: divides the changes of each entry into parts, makes the entry findable and
 * chains it. Each entry is one transaction, so the upgrade can be interrupted, repeated, or run by several programs at
 * once.
 */
async function chainLog(writes: Writes): Promise<void> {
  const sealedAt = new Date().toISOString();
  const pacer = new Pacer();
  while (await writes.transact((run) => chainNext(run, pacer, sealedAt))) await pacer.yieldToEventLoop();
}

/**
 * Chains the next unchained entry, or sets head and format if there is none. Returns true if more entries may follow.
 */
async function chainNext(run: Run, pacer: Pacer, sealedAt: string): Promise<boolean> {
  await run(lockHeadStatement);
  const last = lastChained(await run(lastChainedStatement));
  const [row] = await run(unchainedStatement(last.revision));
  if (!row) {
    await run(moveHeadStatement(last));
    await run(setFormatStatement(format));
    return false;
  }
  const [revision, at, kind, name, title, draft] = row[0] as UnchainedColumns;
  const logged = (row[1] as readonly string[]).flatMap((part) => JSON.parse(part) as LoggedChange[]);
  const changes = logged.map(({ change }) => change);
  const facts = { revision, at, actor: { kind, name }, title, ...(draft !== null && { draft }), changes };
  const entry = await logEntry(facts, last.hash, pacer, sealedAt);
  // Only a scan needs previous revisions, and no scan lasts from before the migration.
  const previous = entry.changes.map(() => "[]");
  await run(appendEntryStatement(entry, previous, { replaces: true }));
  await run(makeFindableStatement(revision, [...entry.findableBy]));
  return true;
}

type UnchainedColumns = readonly [
  revision: Revision,
  at: string,
  kind: Actor["kind"],
  name: string,
  title: string,
  draft: string | null,
];

const lastChained = ([row]: readonly Row[]): HeadId =>
  row ? { revision: row[0] as Revision, hash: row[1] as string } : emptyHeadId;
