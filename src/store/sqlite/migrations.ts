import type { SqliteConnection } from "./connection";
import { chainLog, makeCommitsFindable } from "./log-migrations";

/** Text to run, or work to do within the transaction. */
type Migration = string | ((connection: SqliteConnection) => void | Promise<void>);

/**
 * What brings a file from each version of the storage format to the next; its version is the number of those applied. An
 * entry that has been released is never edited: a change of the format is a new entry. Indexes on fields and positions
 * follow from the ontology and are not among them, see ontology-indexes.ts.
 *
 * - `former`: earlier slugs as a JSON list, or null if there are none.
 * - `node_texts`: the long texts, of nodes that have any. Apart from the light fields, several of which fit on a page then.
 * - `slug`: whose each slug is or once was, removed nodes included; it never goes to another node.
 * - `tombstone`: the revision at which something went that is not there now.
 * - `findable`: by which kinds and nodes each commit is found, see `findableBy`.
 * - `commit_log`: an entry without what it changed, with the hash that chains it; `node_kinds` are joined by spaces.
 * - `commit_part`: what an entry changed, and the nodes that it is about, in parts: JSON, see `packedText`.
 * - `draft`: what lists ask for in columns, the rest as JSON in `content`. `repeat_key`: the results of saves.
 * - `api_key`: kept beside the graph; `hash` is all that is known of a secret.
 */
export const migrations: readonly Migration[] = [
  `
  CREATE TABLE node (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    slug TEXT NOT NULL,
    former TEXT,
    revision INTEGER NOT NULL,
    fields TEXT NOT NULL
  ) STRICT;

  CREATE TABLE node_texts (
    id TEXT PRIMARY KEY,
    texts TEXT NOT NULL
  ) STRICT;

  CREATE TABLE edge (
    kind TEXT NOT NULL,
    from_id TEXT NOT NULL,
    to_id TEXT NOT NULL,
    position INTEGER,
    revision INTEGER NOT NULL,
    properties TEXT NOT NULL,
    PRIMARY KEY (kind, from_id, to_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX edge_to ON edge (kind, to_id, from_id);

  CREATE TABLE slug (
    kind TEXT NOT NULL,
    slug TEXT NOT NULL,
    id TEXT NOT NULL,
    PRIMARY KEY (kind, slug)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE tombstone (
    subject TEXT PRIMARY KEY,
    revision INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE commit_log (
    revision INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_name TEXT NOT NULL,
    title TEXT NOT NULL,
    changes TEXT NOT NULL
  ) STRICT;

  CREATE TABLE idempotency (
    actor_kind TEXT NOT NULL,
    actor_name TEXT NOT NULL,
    key TEXT NOT NULL,
    at TEXT NOT NULL,
    hash TEXT NOT NULL,
    revision INTEGER NOT NULL,
    changes INTEGER NOT NULL,
    PRIMARY KEY (actor_kind, actor_name, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX idempotency_at ON idempotency (at);
  `,
  `
  CREATE TABLE api_key (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    hash TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT,
    revoked_at TEXT,
    last_used_at TEXT
  ) STRICT;
  `,
  `
  CREATE TABLE draft (
    id TEXT PRIMARY KEY,
    author TEXT NOT NULL,
    status TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    published_as INTEGER,
    content TEXT NOT NULL
  ) STRICT;
  CREATE INDEX draft_status ON draft (status, created_at DESC, id);
  CREATE INDEX draft_author ON draft (author, status, created_at DESC, id);

  CREATE TABLE repeat_key (
    principal TEXT NOT NULL,
    key TEXT NOT NULL,
    at TEXT NOT NULL,
    hash TEXT NOT NULL,
    result TEXT NOT NULL,
    PRIMARY KEY (principal, key)
  ) STRICT;
  CREATE INDEX repeat_key_at ON repeat_key (at);

  ALTER TABLE commit_log ADD COLUMN draft TEXT;
  `,
  `
  CREATE TABLE findable (
    subject TEXT NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (subject, revision)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX commit_log_actor ON commit_log (actor_name);
  `,
  makeCommitsFindable,
  `
  CREATE TABLE packed_log (
    revision INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_name TEXT NOT NULL,
    title TEXT NOT NULL,
    draft TEXT,
    changes ANY NOT NULL
  ) STRICT;
  INSERT INTO packed_log (revision, at, actor_kind, actor_name, title, draft, changes)
    SELECT revision, at, actor_kind, actor_name, title, draft, changes FROM commit_log;
  DROP TABLE commit_log;
  ALTER TABLE packed_log RENAME TO commit_log;
  CREATE INDEX commit_log_actor ON commit_log (actor_name);
  `,
  chainLog,
];
