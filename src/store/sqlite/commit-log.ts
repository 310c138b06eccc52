import type { Actor, AppliedChange, Commit, CommitHead } from "../../domain/changes/change-set";
import type { Revision } from "../../domain/graph/node";
import type { LastChange, LogQuery } from "../../domain/graph/port";
import type { Connection } from "./connection";
import { deepFreeze } from "./deep-freeze";
import { closed, rowsOf, sql } from "./sql";

const head = sql`SELECT ifnull(max(revision), 0) FROM commit_log`;

/** The number of the last commit, 0 before the first one. */
export function headRevision(connection: Connection): Revision {
  const [revision] = connection.row<[Revision]>(head) as [Revision];
  return revision;
}

export function appendCommit(connection: Connection, { revision, at, actor, title, draft, changes }: Commit): void {
  connection.run(
    sql`INSERT INTO commit_log (revision, at, actor_kind, actor_name, title, draft, changes)
      VALUES (${revision}, ${at}, ${actor.kind}, ${actor.name}, ${title}, ${draft ?? null}, ${JSON.stringify(changes)})`,
  );
}

type CommitHeadRow = readonly [
  revision: Revision,
  at: string,
  kind: Actor["kind"],
  name: string,
  title: string,
  draft: string | null,
];
type CommitRow = readonly [...CommitHeadRow, changes: string];

const headColumns = closed(
  "commit_log.revision, commit_log.at, commit_log.actor_kind, commit_log.actor_name, commit_log.title, commit_log.draft",
);

const headOf = ([revision, at, kind, name, title, draft]: CommitHeadRow): CommitHead => ({
  revision,
  at,
  actor: { kind, name },
  title,
  ...(draft === null ? {} : { draft }),
});

/** See `GraphStore.commits`. */
export function commitsAfter(connection: Connection, after: Revision, first: number): readonly Commit[] {
  const rows = connection.rows<CommitRow>(
    sql`SELECT ${headColumns}, changes FROM commit_log WHERE revision > ${after} ORDER BY revision LIMIT ${first}`,
  );
  return rows.map(([revision, at, kind, name, title, draft, changes]) =>
    deepFreeze({
      ...headOf([revision, at, kind, name, title, draft]),
      changes: JSON.parse(changes) as AppliedChange[],
    }),
  );
}

/** See `GraphStore.log`. */
export function logEntries(connection: Connection, query: LogQuery): readonly CommitHead[] {
  const { after = 0, before = Number.MAX_SAFE_INTEGER, first, last, actor = null, kind = null } = query;
  const found = sql`FROM commit_log WHERE revision > ${after} AND revision < ${before}
    AND (${actor} IS NULL OR actor_name = ${actor}) AND (${kind} IS NULL OR actor_kind = ${kind})`;
  const rows =
    last === undefined
      ? connection.rows<CommitHeadRow>(sql`SELECT ${headColumns} ${found} ORDER BY revision LIMIT ${first ?? 0}`)
      : connection
          .rows<CommitHeadRow>(sql`SELECT ${headColumns} ${found} ORDER BY revision DESC LIMIT ${last}`)
          .toReversed();
  return rows.map((row) => deepFreeze(headOf(row)));
}

type LastChangeRow = readonly [subject: string, revision: Revision, kind: Actor["kind"], name: string, removed: 0 | 1];

/** See `GraphStore.lastChanges`. A subject is present as a node, as an edge or, removed, as a tombstone. */
export function lastChanges(connection: Connection, subjects: readonly string[]): ReadonlyMap<string, LastChange> {
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
