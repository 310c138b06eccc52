import { type Actor, emptyHeadId, type HeadId } from "../../domain/changes/change-set";
import { logEntry } from "../../domain/changes/log-entry";
import type { Revision } from "../../domain/graph/node";
import { Pacer } from "../../domain/pacer";
import type { LoggedChange } from "./commit-log";
import {
  appendEntryStatement,
  lastChainedStatement,
  lockHeadStatement,
  makeFindableStatement,
  moveHeadStatement,
  unchainedStatement,
} from "./cypher/log";
import type { Row } from "./cypher/statement";
import { setFormatStatement } from "./cypher/upkeep";
import type { Run, Writes } from "./driver/writes";
import { format } from "./head";

/**
 * Brings the log of an older format to this one: divides what each entry changed into parts, makes it findable, chains it.
 * An entry is one transaction, so this can be broken off, and done again or by several at once.
 */
export async function chainLog(writes: Writes): Promise<void> {
  const sealedAt = new Date().toISOString();
  const pacer = new Pacer();
  while (await writes.transact((run) => chainNext(run, pacer, sealedAt))) await pacer.yieldToEventLoop();
}

/** Chains the next entry that is not, or sets the head where there is none; whether more may follow. */
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
  // What was changed before is asked for during a scan alone, and none lasts so long.
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
