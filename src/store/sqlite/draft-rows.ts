import type { Draft, DraftStore } from "../../domain/drafts/draft-store";
import type { CommitOptions } from "../../domain/graph/port";
import type { Revision } from "../../domain/graph/node";
import type { SqliteConnection } from "./connection";
import { deepFreeze } from "../../domain/deep-freeze";
import { closed, rowsOf, sql } from "./sql";

export const draftColumns = closed(
  "draft.id, draft.author, draft.status, draft.version, draft.created_at, draft.updated_at, draft.published_as, draft.content",
);
export type DraftRow = readonly [
  id: string,
  author: string,
  status: Draft["status"],
  version: number,
  createdAt: string,
  updatedAt: string,
  publishedAs: Revision | null,
  content: string,
];

export const draftOf = ([id, author, status, version, createdAt, updatedAt, publishedAs, content]: DraftRow): Draft => {
  const rest = JSON.parse(content) as Pick<
    Draft,
    "title" | "authorName" | "editedBy" | "changes" | "base" | "comments"
  >;
  return deepFreeze({ id, author, status, version, createdAt, updatedAt, publishedAs, ...rest });
};

export function storedDraft(connection: SqliteConnection, id: string): Draft | null {
  const row = connection.row<DraftRow>(sql`SELECT ${draftColumns} FROM draft WHERE id = ${id}`);
  return row ? draftOf(row) : null;
}

/** The version of the draft that is stored, 0 if there is none. */
export function storedVersion(connection: SqliteConnection, id: string): number {
  const [version] = connection.row<[number]>(sql`SELECT version FROM draft WHERE id = ${id}`) ?? [0];
  return version;
}

/** See `DraftStore.drafts`: the first ones of each status, by the index, and of those the first ones. */
export function storedDrafts(
  connection: SqliteConnection,
  { author, first, after }: Parameters<DraftStore["drafts"]>[0],
  statuses: readonly Draft["status"][],
): readonly Draft[] {
  const ofAuthor = author === undefined ? closed("") : sql`author = ${author} AND`;
  const beyond = after
    ? sql`AND created_at <= ${after.createdAt} AND (created_at < ${after.createdAt} OR id > ${after.id})`
    : closed("");
  const rows = connection.rows<DraftRow>(
    sql`SELECT ${draftColumns} FROM ${rowsOf(statuses)} AS wanted CROSS JOIN draft ON draft.id IN (
        SELECT id FROM draft WHERE ${ofAuthor} status = wanted.value ${beyond} ORDER BY created_at DESC, id LIMIT ${first})
      ORDER BY draft.created_at DESC, draft.id LIMIT ${first}`,
  );
  return Object.freeze(rows.map(draftOf));
}

export function writeDraft(connection: SqliteConnection, draft: Draft): void {
  const { id, author, status, version, createdAt, updatedAt, publishedAs, ...content } = draft;
  connection.run(
    sql`INSERT INTO draft (id, author, status, version, created_at, updated_at, published_as, content)
      VALUES (${id}, ${author}, ${status}, ${version}, ${createdAt}, ${updatedAt}, ${publishedAs}, ${JSON.stringify(content)})
      ON CONFLICT (id) DO UPDATE SET author = excluded.author, status = excluded.status, version = excluded.version,
        created_at = excluded.created_at, updated_at = excluded.updated_at, published_as = excluded.published_as,
        content = excluded.content`,
  );
}

export function markPublished(
  connection: SqliteConnection,
  { draft, version }: NonNullable<CommitOptions["publishes"]>,
  revision: Revision,
  at: string,
): void {
  connection.run(
    sql`UPDATE draft SET status = 'PUBLISHED', version = ${version + 1}, published_as = ${revision}, updated_at = ${at}
      WHERE id = ${draft}`,
  );
}
