import { randomUUID } from "node:crypto";
import { adoptingReader, type Adoption } from "../../domain/changes/as-logged";
import type { AppliedChange, ChangeSet } from "../../domain/changes/change-set";
import { assertSameInput, inputHashOf } from "../../domain/changes/hash";
import { logEntry } from "../../domain/changes/log-entry";
import { planCommit } from "../../domain/changes/plan-commit";
import { assertVersion } from "../../domain/drafts/draft-store";
import type { EdgeKey, Revision } from "../../domain/graph/node";
import type { CommitOptions, CommitResult, Compose, LastChanges } from "../../domain/graph/port";
import type { NodeId } from "../../domain/ids";
import type { EdgeKind } from "../../domain/ontology/edge-kinds";
import { Pacer } from "../../domain/pacer";
import { lastChangesBy, previousOf } from "./commit-log";
import { changesStatements, tombstoneCountStatement } from "./cypher/changes";
import { lockDraftStatement, publishDraftStatement } from "./cypher/drafts";
import {
  appendEntryStatement,
  forgetKeysStatement,
  lockHeadStatement,
  makeFindableStatement,
  minKeptTime,
  moveHeadStatement,
  usedKeyStatement,
  useKeyStatement,
} from "./cypher/log";
import { removeStraysStatement } from "./cypher/scan";
import type { Row } from "./cypher/statement";
import type { Run, Writes } from "./driver/writes";
import { headIdOf } from "./head";
import { TransactionStateReader } from "./transaction-state-reader";

/**
 * Implements `GraphStore.commit` as one transaction that holds the head's lock from start to end. If Neo4j commits but
 * its answer is lost, the transaction runs again, finds the idempotency key of the first run and returns the first
 * result.
 */
export async function commit(
  writes: Writes,
  given: ChangeSet | Compose,
  options: CommitOptions,
): Promise<CommitResult> {
  const inputHash = inputHashOf(given, options);
  const { actor, adopts, idempotencyKey, publishes, skipDanglingMentions = false } = options;
  const attempt = randomUUID();
  return writes.transact(async (run) => {
    const [[head], [used]] = await Promise.all([run(lockHeadStatement), run(usedKeyStatement(options))]);
    const { revision: last, hash } = headIdOf(head);
    if (used) {
      assertSameInput(idempotencyKey, used[0] as string, inputHash);
      return firstResult(used, attempt);
    }
    if (publishes) {
      const [[version]] = (await run(lockDraftStatement(publishes.draft))) as [Row];
      assertVersion(publishes.draft, (version as number | null) ?? 0, publishes.version);
    }

    const stored = new TransactionStateReader(run);
    const reader = adoptingReader(stored, adopts, last);
    if (adopts) await bringToLog(run, stored, adopts);
    const log: LastChanges = { lastChanges: (subjects) => lastChangesBy(run, subjects) };
    const changeSet = typeof given === "function" ? await given(reader, log) : given;
    const changes = await planCommit(changeSet, reader, { skipDanglingMentions });
    const revision = last + (changes.length > 0 ? 1 : 0);
    const at = new Date();
    const draft = publishes && { draft: publishes.draft };
    const facts = { revision, at: at.toISOString(), actor, title: changeSet.title, ...draft, changes };
    const entry = changes.length > 0 ? await logEntry(facts, hash, new Pacer()) : null;
    await Promise.all([
      ...(entry
        ? [
            write(run, changes, revision),
            run(
              appendEntryStatement(
                entry,
                entry.changes.map((part) => previousOf(part, stored.revisions)),
              ),
            ),
            run(makeFindableStatement(revision, [...entry.findableBy])),
            run(moveHeadStatement(entry.head)),
          ]
        : []),
      ...(publishes ? [run(publishDraftStatement(publishes, revision, at))] : []),
      run(forgetKeysStatement(minKeptTime(at))),
      run(useKeyStatement(options, { inputHash, attempt, revision, changes: changes.length, at })),
    ]);
    return Object.freeze({ revision, changes: changes.length, replayed: false });
  });
}

function firstResult([, result]: Row, attempt: string): CommitResult {
  const [revision, changes, byAttempt] = result as [Revision, number, string];
  return Object.freeze({ revision, changes, replayed: byAttempt !== attempt });
}

/** Undoes the changes of other programs, so that items are as the log says when the commit is written. */
async function bringToLog(run: Run, stored: TransactionStateReader, { logged, strays }: Adoption): Promise<void> {
  if (strays.length > 0) await run(removeStraysStatement(strays));
  const ids = [...logged.keys()].filter((subject): subject is NodeId => !subject.includes(" "));
  const keys = [...logged.keys()].filter((subject) => subject.includes(" ")).map(edgeKeyOf);
  const [nodes, edges] = [await stored.nodes(ids), await stored.edges(keys)];
  const revisions = new Map<Revision, AppliedChange[]>();
  for (const [subject, { state: after, revision }] of logged) {
    const before = nodes.get(subject as NodeId)?.state ?? edges.get(subject)?.state ?? null;
    const item = subject.includes(" ") ? edgeKeyOf(subject) : { node: subject as NodeId };
    stored.revisions.set(subject, revision);
    // The item was a stray, which `removeStraysStatement` has removed.
    if (before === null && after === null) continue;
    revisions.set(revision, [...(revisions.get(revision) ?? []), { ...item, before, after } as AppliedChange]);
  }
  // Removed edges first, then nodes, then other edges, across all revisions: an edge needs both its ends.
  const all = [...revisions];
  const isNode = (change: AppliedChange) => "node" in change;
  const gone = (change: AppliedChange) => change.after === null;
  for (const part of [
    (change: AppliedChange) => !isNode(change) && gone(change),
    isNode,
    (change: AppliedChange) => !isNode(change) && !gone(change),
  ])
    for (const [revision, changes] of all) await write(run, changes.filter(part), revision);
}

function edgeKeyOf(subject: string): EdgeKey {
  const [edge, from, to] = subject.split(" ") as [EdgeKind, NodeId, NodeId];
  return { edge, from, to };
}

async function write(run: Run, changes: readonly AppliedChange[], revision: Revision): Promise<void> {
  const [tombstones] = await run(tombstoneCountStatement);
  const statements = changesStatements(changes, revision, { hasTombstones: tombstones?.[0] !== 0 });
  const results = await Promise.all(statements.map(run));
  results.forEach(([row], index) => {
    const { expected, text } = statements[index]!;
    if (row?.[0] !== expected)
      throw new Error(`Neo4j holds ${String(row?.[0])} of ${expected} things that a commit is about: ${text}`);
  });
}
