import type { Actor, Commit } from "../../../domain/changes/change-set";
import type { HistoryPage } from "../../../domain/changes/history";
import type { Revision } from "../../../domain/graph/node";
import type { CommitsQuery, LogQuery } from "../../../domain/graph/port";
import type { NodeId } from "../../../domain/ids";
import { found, labels, type Statement } from "./statement";

/** Writing to the head, even what it already holds, locks it to the transaction's end: so commits come one by one. */
export const lockHeadStatement: Statement = {
  text: `${found("h", labels.head, { name: '"head"' })} SET h._lock = true RETURN h.revision AS key, null AS value`,
  parameters: {},
};

export const moveHeadStatement = (revision: Revision): Statement => ({
  text: `${found("h", labels.head, { name: '"head"' })} SET h.revision = $revision RETURN h.revision AS key, null AS value`,
  parameters: { revision: BigInt(revision) },
});

interface KeyOfActor {
  readonly actor: Actor;
  readonly idempotencyKey: string;
}

const keysAreKeptMilliseconds = 7 * 24 * 60 * 60 * 1_000;

/** Keys that were used before this time need not be kept. */
export const oldestKept = (now: Date): Date => new Date(now.getTime() - keysAreKeptMilliseconds);

const actorText = ({ kind, name }: Actor): string => `${kind} ${name}`;

/** What the key stands for: a row if it has been used, keyed by the hash of its input. */
export const usedKeyStatement = ({ actor, idempotencyKey }: KeyOfActor): Statement => ({
  text:
    `${found("i", labels.idempotency, { actor: "$actor", key: "$key" })} ` +
    "RETURN i.inputHash AS key, [i.revision, i.changes, i.attempt] AS value",
  parameters: { actor: actorText(actor), key: idempotencyKey },
});

export const useKeyStatement = (
  { actor, idempotencyKey }: KeyOfActor,
  result: {
    readonly inputHash: string;
    readonly attempt: string;
    readonly revision: Revision;
    readonly changes: number;
    readonly at: Date;
  },
): Statement => ({
  text: `CREATE (i:${labels.idempotency}) SET i = $used RETURN 1 AS key, null AS value`,
  parameters: {
    used: {
      actor: actorText(actor),
      key: idempotencyKey,
      inputHash: result.inputHash,
      attempt: result.attempt,
      revision: BigInt(result.revision),
      changes: BigInt(result.changes),
      at: BigInt(result.at.getTime()),
    },
  },
});

/** Removes some of the keys that were used before the time. */
export const forgetKeysStatement = (before: Date): Statement => ({
  text: `MATCH (i:${labels.idempotency}) WHERE i.at < $before WITH i LIMIT 100 DELETE i RETURN count(*) AS key, null AS value`,
  parameters: { before: BigInt(before.getTime()) },
});

export function appendCommitStatement(
  commit: Pick<Commit, "revision" | "actor" | "title" | "draft"> & { readonly at: Date },
  parts: readonly string[],
): Statement {
  return {
    text:
      `CREATE (c:${labels.commit}) SET c = $commit WITH c UNWIND $parts AS part ` +
      `CREATE (p:${labels.commitPart}) SET p = part RETURN count(p) AS key, null AS value`,
    parameters: {
      commit: {
        revision: BigInt(commit.revision),
        at: commit.at.toISOString(),
        actorKind: commit.actor.kind,
        actorName: commit.actor.name,
        title: commit.title,
        draft: commit.draft ?? null,
      },
      parts: parts.map((changes, part) => ({ revision: BigInt(commit.revision), part: BigInt(part), changes })),
    },
  };
}

const told =
  "RETURN [c.revision, c.at, c.actorKind, c.actorName, c.title, c.draft] AS key, COLLECT { " +
  `MATCH (p:${labels.commitPart}) WHERE p.revision = c.revision AND p.part >= 0 RETURN p.changes ORDER BY p.part } AS value`;

/** Commits after a revision, in order: a row a commit, with its changes in parts. */
export function commitsStatement({ after, first, actor, kind }: CommitsQuery): Statement {
  const byActor = actor === undefined ? "" : "c.actorName = $actor AND ";
  const beyond = "c.revision > $after WITH c ORDER BY c.revision LIMIT $first";
  return {
    text:
      kind === undefined
        ? `MATCH (c:${labels.commit}) WHERE ${byActor}${beyond} ${told}`
        : `MATCH (f:${labels.findable}) WHERE f.subject = $kind AND f.revision > $after ` +
          `WITH f.revision AS revision ORDER BY revision ${actor === undefined ? "LIMIT $first" : ""} ` +
          `${found("c", labels.commit, { revision: "revision" })} WHERE ${byActor}${beyond} ${told}`,
    parameters: {
      after: BigInt(after),
      first: BigInt(first),
      ...(actor !== undefined && { actor }),
      ...(kind !== undefined && { kind }),
    },
  };
}

/** Commits that are findable by a node, newest first, as `commitsStatement` tells them. */
export const commitsOnStatement = (node: NodeId, { before, first }: HistoryPage): Statement => ({
  text:
    `MATCH (f:${labels.findable}) WHERE f.subject = $node AND f.revision < $before ` +
    "WITH f.revision AS revision ORDER BY revision DESC LIMIT $first " +
    `${found("c", labels.commit, { revision: "revision" })} WITH c ORDER BY c.revision DESC ${told}`,
  parameters: { node, before: BigInt(before ?? Number.MAX_SAFE_INTEGER), first: BigInt(first) },
});

/** Makes a commit findable by these subjects; does no harm where it is. */
export const makeFindableStatement = (revision: Revision, subjects: readonly string[]): Statement => ({
  text:
    `UNWIND $subjects AS subject MERGE (f:${labels.findable} {subject: subject, revision: $revision}) ` +
    "RETURN count(*) AS key, null AS value",
  parameters: { revision: BigInt(revision), subjects },
});

/** Entries of the log between two revisions, from the oldest or the newest on: a row an entry. */
export function logStatement(query: LogQuery): Statement {
  const { after = 0, before = Number.MAX_SAFE_INTEGER, first, last, actor = null, kind = null } = query;
  return {
    text:
      `MATCH (c:${labels.commit}) WHERE c.revision > $after AND c.revision < $before ` +
      "AND ($actor IS NULL OR c.actorName = $actor) AND ($kind IS NULL OR c.actorKind = $kind) " +
      `WITH c ORDER BY c.revision${last === undefined ? "" : " DESC"} LIMIT $limit ` +
      "RETURN [c.revision, c.at, c.actorKind, c.actorName, c.title, c.draft] AS key, null AS value",
    parameters: { after: BigInt(after), before: BigInt(before), limit: BigInt(last ?? first ?? 0), actor, kind },
  };
}
