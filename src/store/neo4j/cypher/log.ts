import type { Actor, HeadId } from "../../../domain/changes/change-set";
import type { LogEntry } from "../../../domain/changes/log-entry";
import type { HistoryPage, LogPart, PartsQuery } from "../../../domain/changes/log-part";
import type { Revision } from "../../../domain/graph/node";
import type { LogQuery } from "../../../domain/graph/port";
import type { NodeId } from "../../../domain/ids";
import { edgeByEnds, found, labels, nodeById, type Statement } from "./statement";

/**
 * Locks the head until the transaction ends, so that commits come one by one. A write locks, even if it changes
 * nothing. One row, keyed by the revision, with hash and format. No row if there is no head.
 */
export const lockHeadStatement: Statement = {
  text: `${found("h", labels.head, { name: '"head"' })} SET h._held = true RETURN h.revision AS key, [h.hash, h.format] AS value`,
  parameters: {},
};

export const moveHeadStatement = ({ revision, hash }: HeadId): Statement => ({
  text:
    `${found("h", labels.head, { name: '"head"' })} SET h.revision = $revision, h.hash = $hash ` +
    "RETURN h.revision AS key, null AS value",
  parameters: { revision: BigInt(revision), hash },
});

interface KeyOfActor {
  readonly actor: Actor;
  readonly idempotencyKey: string;
}

const keysAreKeptMilliseconds = 7 * 24 * 60 * 60 * 1_000;

/** Returns the time seven days before `now`. Keys that were used before that time may be forgotten. */
export const minKeptTime = (now: Date): Date => new Date(now.getTime() - keysAreKeptMilliseconds);

/** Returns an actor as idempotency keys store it: kind and name, separated by a space, such as `person ada`. */
export const actorText = ({ kind, name }: Actor): string => `${kind} ${name}`;

/**
 * The use of an idempotency key: one row, keyed by the hash of its input, with revision, number of changes and attempt.
 * No row if the key is unused.
 */
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

/** Removes at most 100 keys that were used before the time. */
export const forgetKeysStatement = (before: Date): Statement => ({
  text: `MATCH (i:${labels.idempotency}) WHERE i.at < $before WITH i LIMIT 100 DELETE i RETURN count(*) AS key, null AS value`,
  parameters: { before: BigInt(before.getTime()) },
});

/**
 * Writes a log entry with its parts. `previous` holds the text of `previousOf` for each part of the changes. With
 * `replaces`, it overwrites the existing entry of that revision and replaces the parts of its changes.
 */
export function appendEntryStatement(
  { head, changes, nodes }: Pick<LogEntry, "head" | "changes" | "nodes">,
  previous: readonly string[],
  { replaces = false } = {},
): Statement {
  const revision = BigInt(head.revision);
  const stored = ({ part, before, rows, text }: LogPart) => ({
    revision,
    part: BigInt(part),
    before: BigInt(before),
    rows: BigInt(rows),
    text,
  });
  const parts = (rows: string, label: string) =>
    `CALL (c) { UNWIND ${rows} AS part CREATE (p:${label}) SET p = part RETURN count(p) AS ${rows.slice(1)}Made } `;
  const entry = replaces
    ? `${found("c", labels.commit, { revision: "$revision" })} CALL (c) { MATCH (old:${labels.commitPart}) ` +
      "WHERE old.revision = c.revision AND old.part >= 0 DELETE old RETURN count(old) AS gone }"
    : `CREATE (c:${labels.commit})`;
  return {
    text:
      `${entry} SET c = $commit WITH c ` +
      `${parts("$changes", labels.commitPart)}${parts("$nodes", labels.commitNodes)}` +
      "RETURN changesMade + nodesMade AS key, null AS value",
    parameters: {
      ...(replaces && { revision }),
      commit: {
        revision,
        at: head.at,
        actorKind: head.actor.kind,
        actorName: head.actor.name,
        title: head.title,
        draft: head.draft ?? null,
        nodeCount: BigInt(head.nodeCount),
        nodeKinds: head.nodeKinds,
        itemCount: BigInt(head.itemCount),
        changeCount: BigInt(head.changeCount),
        bytes: BigInt(head.bytes),
        hash: head.hash,
        format: BigInt(head.seal.format),
        salt: head.seal.salt,
        sealedAt: head.seal.sealedAt ?? null,
      },
      changes: changes.map((part, index) => ({ ...stored(part), previous: previous[index]! })),
      nodes: nodes.map(stored),
    },
  };
}

/** One row per entry, whose key `commitHeadOf` reads. */
const headRow =
  "RETURN [c.revision, c.at, c.actorKind, c.actorName, c.title, c.draft, c.nodeCount, c.nodeKinds, c.itemCount, " +
  "c.changeCount, c.bytes, c.hash, c.format, c.salt, c.sealedAt] AS key, null AS value";

/**
 * A page of the parts of an entry, in order: one row per part, for `partOf`. Parts that end before item `from` are left
 * out.
 */
export const partsStatement = ({ revision, of, from = 0, first }: PartsQuery): Statement => ({
  text:
    `MATCH (p:${of === "changes" ? labels.commitPart : labels.commitNodes}) ` +
    "WHERE p.revision = $revision AND p.part >= 0 AND p.before + p.rows > $from " +
    "RETURN p.part AS key, [p.before, p.rows, p.text] AS value ORDER BY p.part LIMIT $first",
  parameters: { revision: BigInt(revision), from: BigInt(from), first: BigInt(first) },
});

/** All changes of the entries after a revision, in order: one row per part, for `loggedChanges`. */
export const changesSinceStatement = (after: Revision): Statement => ({
  text:
    `MATCH (p:${labels.commitPart}) WHERE p.revision > $after AND p.part >= 0 ` +
    "RETURN p.revision AS key, [p.text, p.previous] AS value ORDER BY p.revision, p.part",
  parameters: { after: BigInt(after) },
});

/** Entries that are findable by a node, newest first: one row per entry, for `commitHeadOf`. */
export const headsOnStatement = (node: NodeId, { before, first }: HistoryPage): Statement => ({
  text:
    `MATCH (f:${labels.findable}) WHERE f.subject = $node AND f.revision < $before ` +
    "WITH f.revision AS revision ORDER BY revision DESC LIMIT $first " +
    `${found("c", labels.commit, { revision: "revision" })} WITH c ORDER BY c.revision DESC ${headRow}`,
  parameters: { node, before: BigInt(before ?? Number.MAX_SAFE_INTEGER), first: BigInt(first) },
});

/** Makes a commit findable by the subjects. Safe to repeat. */
export const makeFindableStatement = (revision: Revision, subjects: readonly string[]): Statement => ({
  text:
    `UNWIND $subjects AS subject MERGE (f:${labels.findable} {subject: subject, revision: $revision}) ` +
    "RETURN count(*) AS key, null AS value",
  parameters: { revision: BigInt(revision), subjects },
});

/**
 * A page of log entries strictly between two revisions, for `commitHeadOf`. Oldest first, but newest first if `last` is
 * given.
 */
export function logStatement(query: LogQuery): Statement {
  const { after = 0, before = Number.MAX_SAFE_INTEGER, first, last, actor, kind = null, about } = query;
  const order = last === undefined ? "" : " DESC";
  const byActor = actor === undefined ? "" : "c.actorName = $actor AND ";
  const byKind = "($kind IS NULL OR c.actorKind = $kind)";
  const between = (revision: string) => `${revision} > $after AND ${revision} < $before`;
  const page = `WITH c ORDER BY c.revision${order} LIMIT $limit ${headRow}`;
  return {
    text:
      about === undefined
        ? `MATCH (c:${labels.commit}) WHERE ${byActor}${between("c.revision")} AND ${byKind} ${page}`
        : `MATCH (f:${labels.findable}) WHERE f.subject = $about AND ${between("f.revision")} ` +
          `WITH f.revision AS revision ORDER BY revision${order} ` +
          `${found("c", labels.commit, { revision: "revision" })} WHERE ${byActor}${byKind} ${page}`,
    parameters: {
      after: BigInt(after),
      before: BigInt(before),
      limit: BigInt(last ?? first ?? 0),
      kind,
      ...(actor !== undefined && { actor }),
      ...(about !== undefined && { about }),
    },
  };
}

/** The newest chained entry: one row, keyed by the revision, with the hash. No row before the first one. */
export const lastChainedStatement: Statement = {
  text:
    `MATCH (c:${labels.commit}) WHERE c.revision > 0 AND c.hash IS NOT NULL ` +
    "RETURN c.revision AS key, c.hash AS value ORDER BY c.revision DESC LIMIT 1",
  parameters: {},
};

/**
 * The next entry after a revision, in the format before entries were chained: one row, keyed by its columns, with its
 * changes in parts. No row if there is none.
 */
export const unchainedStatement = (after: Revision): Statement => ({
  text:
    `MATCH (c:${labels.commit}) WHERE c.revision > $after WITH c ORDER BY c.revision LIMIT 1 ` +
    "RETURN [c.revision, c.at, c.actorKind, c.actorName, c.title, c.draft] AS key, COLLECT { " +
    `MATCH (p:${labels.commitPart}) WHERE p.revision = c.revision AND p.part >= 0 RETURN p.changes ORDER BY p.part } AS value`,
  parameters: { after: BigInt(after) },
});

const told = (item: string, removed: boolean): string =>
  `${found("c", labels.commit, { revision: item })} RETURN subject AS key, [c.revision, c.actorKind, c.actorName, ${removed}] AS value`;

/**
 * Returns statements for the commits that last changed the subjects. Together they give one row per subject that ever
 * existed, with revision, kind and name of the actor, and whether it was removed.
 */
export function lastChangesStatements(subjects: readonly string[]): readonly Statement[] {
  const edges = subjects.flatMap((subject) => {
    const [edge, from, to] = subject.split(" ");
    return to === undefined ? [] : [{ subject, edge, from, to }];
  });
  return [
    {
      text: `UNWIND $subjects AS subject ${nodeById("n", "subject")} ${told("n._revision", false)}`,
      parameters: { subjects: subjects.filter((subject) => !subject.includes(" ")) },
    },
    {
      text:
        `UNWIND $edges AS edge ${edgeByEnds("edge")} ` +
        `WITH edge.subject AS subject, r._revision AS revision ${told("revision", false)}`,
      parameters: { edges },
    },
    {
      text: `UNWIND $subjects AS subject ${found("t", labels.tombstone, { subject: "subject" })} ${told("t.revision", true)}`,
      parameters: { subjects },
    },
  ];
}
