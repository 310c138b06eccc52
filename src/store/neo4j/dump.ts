import type { LiveDumpPart, SlugOwner } from "../../domain/backup/dump";
import type { HeadId } from "../../domain/changes/change-set";
import { DomainError } from "../../domain/errors";
import { kindOf, type NodeId } from "../../domain/ids";
import { sizesStatement, slugPage, tombstonePage } from "./cypher/dump";
import { keysStatement } from "./cypher/keys";
import { lockHeadStatement } from "./cypher/log";
import { slugOfKey } from "./cypher/look-ups";
import type { Row, Statement } from "./cypher/statement";
import type { Reads } from "./driver/reads";
import type { Run, Writes } from "./driver/writes";
import { headIdOf } from "./head";
import { LaterReads } from "./later-reads";
import { assertMigrated } from "./migration";
import { keyOf } from "./neo4j-key-store";
import { scan } from "./scan";

const rowsAtOnce = 2_000;
const maxRounds = 20;

/** Milliseconds by which the clocks of writers may differ for keys of saves that are read while commits wait. */
const overlapWhileHeld = 60_000;

export interface DumpOptions {
  /**
   * The time after which a round that keeps commits waiting reads no more. Default: 750, for a wait of a second at
   * most.
   */
  readonly maxHoldMilliseconds?: number;
}

/**
 * Yields all that a Neo4j database holds at one revision, while others may read and write it. Neo4j has no snapshots.
 * So the graph is read as it was at an earlier revision, and later changes are read in rounds, each shorter than the
 * one before. The last round runs while no commit can be under way. Throws STORE_UNAVAILABLE if so much is written that
 * no round is short enough, and STORE_MISMATCH if the database is not set up for this program.
 */
export async function* dump(
  reads: Reads,
  writes: Writes,
  { maxHoldMilliseconds = 750 }: DumpOptions = {},
): AsyncIterable<LiveDumpPart> {
  await assertMigrated(reads);
  const run: Run = (statement) => reads.rows(statement);
  const sizes = await run(sizesStatement);
  yield { expected: sizes.reduce((sum, [, count]) => sum + (count as number), 0) };

  const start = await headNow(writes);
  for await (const items of scan(reads, writes)) yield { items };
  for await (const rows of pages(run, slugPage)) yield { slugs: rows.map(slugOwnerOf) };
  for await (const rows of pages(run, tombstonePage))
    yield {
      tombstones: rows.map(([subject, revision]) => ({ subject: subject as string, revision: revision as number })),
    };

  const later = new LaterReads(start.revision);
  yield* later.keys(run);
  for (let round = 1; round <= maxRounds; round++) {
    yield* later.changed(run, await headNow(writes));
    const parts: LiveDumpPart[] = [];
    const isWhole = await whileHeld(writes, maxHoldMilliseconds, async (held, head) => {
      for await (const part of later.changed(held, head, overlapWhileHeld)) parts.push(part);
      parts.push({ apiKeys: (await held(keysStatement)).map(keyOf) }, { end: head });
    });
    yield* parts;
    if (isWhole) return;
  }
  throw new DomainError(
    "STORE_UNAVAILABLE",
    "So much is written to the store that the backup does not come to its end; try again when less is.",
  );
}

/** Locks the head to read it. The lock waits for a commit under way, which could otherwise be half visible. */
const headNow = (writes: Writes): Promise<HeadId> =>
  writes.transact(async (run) => headIdOf((await run(lockHeadStatement))[0]));

class HeldTooLong extends Error {}

/**
 * Reads while nobody can commit. Returns false, with `read` broken off, if the time is over before its last statement.
 */
async function whileHeld(
  writes: Writes,
  maxMilliseconds: number,
  read: (run: Run, head: HeadId) => Promise<void>,
): Promise<boolean> {
  try {
    await writes.transact(async (run) => {
      const head = headIdOf((await run(lockHeadStatement))[0]);
      const since = performance.now();
      await read(async (statement) => {
        if (performance.now() - since > maxMilliseconds) throw new HeldTooLong();
        return run(statement);
      }, head);
    });
    return true;
  } catch (error) {
    if (error instanceof HeldTooLong) return false;
    throw error;
  }
}

async function* pages(
  run: Run,
  page: (after: string | null, limit: number) => Statement,
): AsyncIterable<readonly Row[]> {
  for (let after: string | null = null, more = true; more;) {
    const rows: readonly Row[] = await run(page(after, rowsAtOnce));
    if (rows.length > 0) yield rows;
    after = (rows.at(-1)?.[0] as string | undefined) ?? null;
    more = rows.length === rowsAtOnce;
  }
}

function slugOwnerOf([key, value]: Row): SlugOwner {
  const [owner, isCurrent] = value as readonly [NodeId, boolean];
  return { kind: kindOf(owner), slug: slugOfKey(key as string), owner, isCurrent };
}
