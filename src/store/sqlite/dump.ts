import {
  type CommitKey,
  type DumpPart,
  entryGroups,
  readEntry,
  type SaveKey,
  type SlugOwner,
  type Tombstone,
} from "../../domain/backup/dump";
import type { PartsOf } from "../../domain/changes/log-part";
import type { Revision } from "../../domain/graph/node";
import { Pacer } from "../../domain/pacer";
import { headOfLog, logEntries, logParts } from "./commit-log";
import type { SqliteConnection } from "./connection";
import { draftColumns, draftOf, type DraftRow } from "./draft-rows";
import { assertCurrent } from "./format";
import { minKeptTime } from "./idempotency";
import { pages } from "./scan";
import { type Sql, sql } from "./sql";
import { keyColumns, keyOf, type KeyRow } from "./sqlite-key-store";

const rowsAtOnce = 500;
const draftsAtOnce = 20;
const headsAtOnce = 1_000;

/** All that a bank holds, in the transaction that is open on the connection. Throws STORE_MISMATCH for an older format. */
export async function* dump(connection: SqliteConnection): AsyncIterable<DumpPart> {
  assertCurrent(connection);
  const pacer = new Pacer();
  for (const part of partsOf(connection)) {
    yield part;
    await pacer.yieldToEventLoop();
  }
}

function* partsOf(connection: SqliteConnection): Iterable<DumpPart> {
  const [expected] = connection.row<[number]>(
    sql`SELECT (SELECT count(*) FROM node) + (SELECT count(*) FROM edge) + (SELECT count(*) FROM commit_log)`,
  ) as [number];
  yield { expected };
  for (const items of pages(connection, false)) yield { items };
  for (const rows of groups<SlugRow>(connection, slugs)) yield { slugs: rows.map(slugOwnerOf) };
  for (const rows of groups<TombstoneRow>(connection, sql`SELECT subject, revision FROM tombstone`))
    yield { tombstones: rows.map(tombstoneOf) };
  for (let after = 0, more = true; more;) {
    const heads = logEntries(connection, { after, first: headsAtOnce });
    for (const group of entryGroups(heads))
      yield {
        entries: group.map((head) =>
          readEntry(head, allParts(connection, head.revision, "changes"), allParts(connection, head.revision, "nodes")),
        ),
      };
    after = heads.at(-1)?.revision ?? after;
    more = heads.length === headsAtOnce;
  }
  const oldest = minKeptTime(new Date());
  for (const rows of groups<CommitKeyRow>(connection, sql`${commitKeys} WHERE at >= ${oldest}`))
    yield { commitKeys: rows.map(commitKeyOf) };
  for (const rows of groups<SaveKeyRow>(connection, sql`${saveKeys} WHERE at >= ${oldest}`))
    yield { saveKeys: rows.map(saveKeyOf) };
  for (const rows of groups<DraftRow>(connection, sql`SELECT ${draftColumns} FROM draft`, draftsAtOnce))
    yield { drafts: rows.map(draftOf) };
  for (const rows of groups<KeyRow>(connection, sql`SELECT ${keyColumns} FROM api_key`))
    yield { apiKeys: rows.map(keyOf) };
  yield { end: headOfLog(connection) };
}

const allParts = (connection: SqliteConnection, revision: Revision, of: PartsOf) =>
  logParts(connection, { revision, of, first: Number.MAX_SAFE_INTEGER });

/** The rows of a statement that nobody else runs meanwhile, in groups, none of them empty. */
function* groups<R extends readonly unknown[]>(
  connection: SqliteConnection,
  rows: Sql,
  size = rowsAtOnce,
): Iterable<R[]> {
  let group: R[] = [];
  for (const row of connection.iterate<R>(rows)) {
    group.push(row);
    if (group.length < size) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

const slugs = sql`SELECT slug.kind, slug.slug, slug.id, node.slug IS NOT NULL
  FROM slug LEFT JOIN node ON node.id = slug.id AND node.slug = slug.slug`;

type SlugRow = readonly [kind: SlugOwner["kind"], slug: string, owner: SlugOwner["owner"], isCurrent: 0 | 1];
const slugOwnerOf = ([kind, slug, owner, isCurrent]: SlugRow): SlugOwner => ({
  kind,
  slug,
  owner,
  isCurrent: isCurrent === 1,
});

type TombstoneRow = readonly [subject: string, revision: Revision];
const tombstoneOf = ([subject, revision]: TombstoneRow): Tombstone => ({ subject, revision });

const commitKeys = sql`SELECT actor_kind, actor_name, key, hash, at, revision, changes FROM idempotency`;
type CommitKeyRow = readonly [
  kind: CommitKey["actor"]["kind"],
  name: string,
  key: string,
  inputHash: string,
  at: string,
  revision: Revision,
  changes: number,
];

const commitKeyOf = ([kind, name, key, inputHash, at, revision, changes]: CommitKeyRow): CommitKey => ({
  actor: { kind, name },
  key,
  inputHash,
  at,
  revision,
  changes,
});

const saveKeys = sql`SELECT principal, key, hash, at, result FROM repeat_key`;
type SaveKeyRow = readonly [principal: string, key: string, inputHash: string, at: string, result: string];
const saveKeyOf = ([principal, key, inputHash, at, result]: SaveKeyRow): SaveKey => ({
  principal,
  key,
  inputHash,
  at,
  result,
});
