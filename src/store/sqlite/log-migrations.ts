import type { Actor, AppliedChange } from "../../domain/changes/change-set";
import { findableBy } from "../../domain/changes/history";
import { logEntry } from "../../domain/changes/log-entry";
import type { Revision } from "../../domain/graph/node";
import { Pacer } from "../../domain/pacer";
import { appendEntry, headOfLog, packedParts } from "./commit-log";
import type { SqliteConnection } from "./connection";
import { unpackedText } from "./packed-text";
import { sql } from "./sql";

/** Makes all commits findable, which none of them is yet. */
export function makeCommitsFindable(connection: SqliteConnection): void {
  const commits = sql`SELECT revision, changes FROM commit_log`;
  for (const [revision, changes] of connection.iterate<[Revision, string]>(commits))
    for (const subject of findableBy(JSON.parse(changes) as AppliedChange[]))
      connection.run(sql`INSERT INTO findable (subject, revision) VALUES (${subject}, ${revision})`);
}

const tables = `
  ALTER TABLE commit_log RENAME TO unchained_log;
  DROP INDEX commit_log_actor;
  CREATE TABLE commit_log (
    revision INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_name TEXT NOT NULL,
    title TEXT NOT NULL,
    draft TEXT,
    nodes INTEGER NOT NULL,
    node_kinds TEXT NOT NULL,
    items INTEGER NOT NULL,
    changes INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    hash TEXT NOT NULL,
    format INTEGER NOT NULL,
    salt TEXT NOT NULL,
    sealed_at TEXT
  ) STRICT;
  CREATE INDEX commit_log_actor ON commit_log (actor_name);
  CREATE TABLE commit_part (
    revision INTEGER NOT NULL,
    holds TEXT NOT NULL,
    part INTEGER NOT NULL,
    rows_before INTEGER NOT NULL,
    rows INTEGER NOT NULL,
    kept ANY NOT NULL,
    PRIMARY KEY (revision, holds, part)
  ) STRICT;
`;

type UnchainedRow = readonly [
  revision: Revision,
  at: string,
  kind: Actor["kind"],
  name: string,
  title: string,
  draft: string | null,
  changes: string | Uint8Array,
];

/** Divides what each entry changed into parts, and chains the entries. One entry at a time is in memory. */
export async function chainLog(connection: SqliteConnection): Promise<void> {
  connection.execute(tables);
  const pacer = new Pacer();
  const sealedAt = new Date().toISOString();
  for (let head = headOfLog(connection); ;) {
    const row = connection.row<UnchainedRow>(
      sql`SELECT revision, at, actor_kind, actor_name, title, draft, changes FROM unchained_log
        WHERE revision > ${head.revision} ORDER BY revision LIMIT 1`,
    );
    if (!row) break;
    const [revision, at, kind, name, title, draft, kept] = row;
    const changes = JSON.parse(unpackedText(kept)) as AppliedChange[];
    const facts = { revision, at, actor: { kind, name }, title, ...(draft !== null && { draft }), changes };
    const entry = await logEntry(facts, head.hash, pacer, sealedAt);
    appendEntry(connection, entry, await packedParts(entry));
    head = entry.head;
  }
  connection.execute("DROP TABLE unchained_log");
}
