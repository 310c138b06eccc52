import { type Actor, type CommitHead, emptyHeadId, type HeadId } from "../../domain/changes/change-set";
import type { LogEntry } from "../../domain/changes/log-entry";
import type { HistoryPage, LogPart, PartsOf, PartsQuery } from "../../domain/changes/log-part";
import { deepFreeze } from "../../domain/deep-freeze";
import type { Revision } from "../../domain/graph/node";
import type { LastChange, LogQuery } from "../../domain/graph/port";
import type { NodeId } from "../../domain/ids";
import type { NodeKind } from "../../domain/ontology/node-kinds";
import type { SqliteConnection } from "./connection";
import { packedText, unpackedText } from "./packed-text";
import { closed, rowsOf, sql } from "./sql";

const head = sql`SELECT revision, hash FROM commit_log WHERE revision = (SELECT max(revision) FROM commit_log)`;

/** The newest entry of the log; `emptyHeadId` before the first one. */
export function headOfLog(connection: SqliteConnection): HeadId {
  const [revision, hash] = connection.row<[Revision, string]>(head) ?? [emptyHeadId.revision, emptyHeadId.hash];
  return Object.freeze({ revision, hash });
}

/** A part as it is written: its text as `packedText`. */
type PackedPart = Omit<LogPart, "text"> & { readonly of: PartsOf; readonly packed: string | Uint8Array };

/** Compresses the parts of an entry that are long, beside whatever else is done. */
export const packedParts = ({ changes, nodes }: LogEntry): Promise<readonly PackedPart[]> =>
  Promise.all([
    ...changes.map(async (part) => packedPart("changes", part)),
    ...nodes.map(async (part) => packedPart("nodes", part)),
  ]);

const packedPart = async (of: PartsOf, { text, ...part }: LogPart): Promise<PackedPart> => ({
  ...part,
  of,
  packed: await packedText(text),
});

export function appendEntry(
  connection: SqliteConnection,
  { head: entry, findableBy }: Pick<LogEntry, "head" | "findableBy">,
  parts: readonly PackedPart[],
): void {
  const { revision, at, actor, title, draft, seal } = entry;
  connection.run(
    sql`INSERT INTO commit_log
        (revision, at, actor_kind, actor_name, title, draft, nodes, node_kinds, items, changes, bytes, hash, format, salt, sealed_at)
      VALUES (${revision}, ${at}, ${actor.kind}, ${actor.name}, ${title}, ${draft ?? null}, ${entry.nodeCount},
        ${entry.nodeKinds.join(" ")}, ${entry.itemCount}, ${entry.changeCount}, ${entry.bytes}, ${entry.hash}, ${seal.format}, ${seal.salt},
        ${seal.sealedAt ?? null})`,
  );
  for (const { of, part, before, rows, packed } of parts)
    connection.run(
      sql`INSERT INTO commit_part (revision, holds, part, rows_before, rows, kept)
        VALUES (${revision}, ${of}, ${part}, ${before}, ${rows}, ${packed})`,
    );
  for (const subject of findableBy)
    connection.run(
      sql`INSERT INTO findable (subject, revision) VALUES (${subject}, ${revision}) ON CONFLICT DO NOTHING`,
    );
}

type HeadRow = readonly [
  revision: Revision,
  at: string,
  kind: Actor["kind"],
  name: string,
  title: string,
  draft: string | null,
  nodes: number,
  nodeKinds: string,
  items: number,
  changes: number,
  bytes: number,
  hash: string,
  format: number,
  salt: string,
  sealedAt: string | null,
];

const headColumns = closed(
  ["revision", "at", "actor_kind", "actor_name", "title", "draft", "nodes", "node_kinds", "items"]
    .concat("changes", "bytes", "hash", "format", "salt", "sealed_at")
    .map((column) => `commit_log.${column}`)
    .join(", "),
);

const headIn = ([revision, at, kind, name, title, draft, ...rest]: HeadRow): CommitHead => {
  const [nodeCount, nodeKinds, itemCount, changeCount, bytes, hash, format, salt, sealedAt] = rest;
  return deepFreeze({
    revision,
    at,
    actor: { kind, name },
    title,
    ...(draft === null ? {} : { draft }),
    nodeCount,
    nodeKinds: nodeKinds === "" ? [] : (nodeKinds.split(" ") as NodeKind[]),
    itemCount,
    changeCount,
    bytes,
    hash,
    seal: { format, salt, ...(sealedAt === null ? {} : { sealedAt }) },
  });
};

/** The commits that are findable by a node, newest first. */
export function headsOn(
  connection: SqliteConnection,
  node: NodeId,
  { before, first }: HistoryPage,
): readonly CommitHead[] {
  const earlier = before === undefined ? closed("") : sql`AND findable.revision < ${before}`;
  const rows = connection.rows<HeadRow>(
    sql`SELECT ${headColumns} FROM findable CROSS JOIN commit_log ON commit_log.revision = findable.revision
      WHERE findable.subject = ${node} ${earlier} ORDER BY findable.revision DESC LIMIT ${first}`,
  );
  return rows.map(headIn);
}

/** See `GraphStore.log`. */
export function logEntries(connection: SqliteConnection, query: LogQuery): readonly CommitHead[] {
  const { after = 0, before = Number.MAX_SAFE_INTEGER, first, last, actor = null, kind = null, about } = query;
  const of = closed(about === undefined ? "commit_log" : "findable");
  const from =
    about === undefined
      ? closed("FROM commit_log WHERE")
      : sql`FROM findable CROSS JOIN commit_log ON commit_log.revision = findable.revision
          WHERE findable.subject = ${about} AND`;
  const byActor = actor === null ? closed("") : sql`AND commit_log.actor_name = ${actor}`;
  const found = sql`${from} ${of}.revision > ${after} AND ${of}.revision < ${before} ${byActor}
    AND (${kind} IS NULL OR commit_log.actor_kind = ${kind})`;
  const rows =
    last === undefined
      ? connection.rows<HeadRow>(sql`SELECT ${headColumns} ${found} ORDER BY ${of}.revision LIMIT ${first ?? 0}`)
      : connection
          .rows<HeadRow>(sql`SELECT ${headColumns} ${found} ORDER BY ${of}.revision DESC LIMIT ${last}`)
          .toReversed();
  return Object.freeze(rows.map(headIn));
}

type PartRow = readonly [part: number, before: number, rows: number, kept: string | Uint8Array];

/** See `GraphStore.parts`. */
export function logParts(
  connection: SqliteConnection,
  { revision, of, from = 0, first }: PartsQuery,
): readonly LogPart[] {
  const rows = connection.rows<PartRow>(
    sql`SELECT part, rows_before, rows, kept FROM commit_part
      WHERE revision = ${revision} AND holds = ${of} AND rows_before + rows > ${from} ORDER BY part LIMIT ${first}`,
  );
  return rows.map(([part, before, count, kept]) =>
    Object.freeze({ part, before, rows: count, text: unpackedText(kept) }),
  );
}

type LastChangeRow = readonly [subject: string, revision: Revision, kind: Actor["kind"], name: string, removed: 0 | 1];

/** See `GraphStore.lastChanges`. A subject is present as a node, as an edge or, removed, as a tombstone. */
export function lastChanges(
  connection: SqliteConnection,
  subjects: readonly string[],
): ReadonlyMap<string, LastChange> {
  const edges = subjects.map((subject) => subject.split(" ")).filter((parts) => parts.length === 3);
  const rows = connection.rows<LastChangeRow>(
    sql`SELECT found.subject, found.revision, actor_kind, actor_name, found.removed FROM (
        SELECT node.id AS subject, node.revision, FALSE AS removed FROM ${rowsOf(subjects)} AS wanted CROSS JOIN node ON node.id = wanted.value
        UNION ALL
        SELECT concat_ws(' ', edge.kind, edge.from_id, edge.to_id), edge.revision, FALSE FROM ${rowsOf(edges)} AS wanted CROSS JOIN edge
          ON edge.kind = wanted.value ->> 0 AND edge.from_id = wanted.value ->> 1 AND edge.to_id = wanted.value ->> 2
        UNION ALL
        SELECT tombstone.subject, tombstone.revision, TRUE FROM ${rowsOf(subjects)} AS wanted CROSS JOIN tombstone ON tombstone.subject = wanted.value
      ) AS found CROSS JOIN commit_log ON commit_log.revision = found.revision`,
  );
  return new Map(
    rows.map(([subject, revision, kind, name, removed]) => [
      subject,
      deepFreeze({ revision, actor: { kind, name }, removed: removed === 1 }),
    ]),
  );
}
