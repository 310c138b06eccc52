import { type AppliedChange, type EdgeState, type NodeState, subjectOf } from "../../domain/changes/change-set";
import type { EdgeKey, Revision } from "../../domain/graph/node";
import type { ScanItem } from "../../domain/graph/port";
import type { NodeId } from "../../domain/ids";
import type { Pacer } from "../../domain/pacer";
import type { SqliteConnection } from "./connection";
import { rowsOf, sql } from "./sql";

/** Writes what the changes leave behind, within the transaction that is open on the connection. */
export async function writeChanges(
  connection: SqliteConnection,
  changes: readonly AppliedChange[],
  revision: Revision,
  pacer: Pacer,
): Promise<void> {
  for (const change of changes) {
    if (pacer.isDue) await pacer.yieldToEventLoop();
    if ("node" in change) writeNode(connection, change.node, change.after, change.before, revision);
    else writeEdge(connection, change, change.after, revision);
    if (!change.after) bury(connection, subjectOf(change), revision);
  }
  if (connection.row(anyTombstone))
    unbury(connection, changes.filter(({ before, after }) => !before && after).map(subjectOf));
}

/** Writes an item in full, whatever there was of it before. */
export function writeItem(connection: SqliteConnection, item: ScanItem): void {
  if ("node" in item) writeNode(connection, item.node.id, item.node, null, item.revision);
  else writeEdge(connection, item.edge, item.edge, item.revision);
}

function writeNode(
  connection: SqliteConnection,
  id: NodeId,
  after: NodeState | null,
  before: NodeState | null,
  revision: Revision,
): void {
  if (!after) {
    connection.run(sql`DELETE FROM node WHERE id = ${id}`);
    connection.run(sql`DELETE FROM node_texts WHERE id = ${id}`);
    return;
  }
  const { kind, slug, formerSlugs, fields, texts } = after;
  const former = formerSlugs.length === 0 ? null : JSON.stringify(formerSlugs);
  connection.run(
    sql`INSERT INTO node (id, kind, slug, former, revision, fields)
      VALUES (${id}, ${kind}, ${slug}, ${former}, ${revision}, ${JSON.stringify(fields)})
      ON CONFLICT (id) DO UPDATE SET slug = excluded.slug, former = excluded.former, revision = excluded.revision, fields = excluded.fields`,
  );
  if (Object.keys(texts).length > 0)
    connection.run(
      sql`INSERT INTO node_texts (id, texts) VALUES (${id}, ${JSON.stringify(texts)})
        ON CONFLICT (id) DO UPDATE SET texts = excluded.texts`,
    );
  else if (before && Object.keys(before.texts).length > 0) connection.run(sql`DELETE FROM node_texts WHERE id = ${id}`);
  const isKnown = before?.slug === slug && before.formerSlugs.length === formerSlugs.length;
  for (const each of isKnown ? [] : [slug, ...formerSlugs]) {
    connection.run(sql`INSERT INTO slug (kind, slug, id) VALUES (${kind}, ${each}, ${id}) ON CONFLICT DO NOTHING`);
  }
}

function writeEdge(connection: SqliteConnection, key: EdgeKey, after: EdgeState | null, revision: Revision): void {
  const { edge, from, to } = key;
  if (!after) {
    connection.run(sql`DELETE FROM edge WHERE kind = ${edge} AND from_id = ${from} AND to_id = ${to}`);
    return;
  }
  connection.run(
    sql`INSERT INTO edge (kind, from_id, to_id, position, revision, properties)
      VALUES (${edge}, ${from}, ${to}, ${after.order ?? null}, ${revision}, ${JSON.stringify(after.properties)})
      ON CONFLICT (kind, from_id, to_id) DO UPDATE SET position = excluded.position, revision = excluded.revision, properties = excluded.properties`,
  );
}

const anyTombstone = sql`SELECT 1 FROM tombstone LIMIT 1`;

/** Writes down that a commit removed the subject. */
export const bury = (connection: SqliteConnection, subject: string, revision: Revision): void =>
  connection.run(
    sql`INSERT INTO tombstone (subject, revision) VALUES (${subject}, ${revision})
      ON CONFLICT (subject) DO UPDATE SET revision = excluded.revision`,
  );

const unbury = (connection: SqliteConnection, subjects: readonly string[]): void =>
  connection.run(sql`DELETE FROM tombstone WHERE subject IN (SELECT value FROM ${rowsOf(subjects)})`);
