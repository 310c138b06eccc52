import type { GraphStore } from "../../../src/domain/graph/port";
import { SqliteConnection } from "../../../src/store/sqlite/connection";
import { packedText } from "../../../src/store/sqlite/packed-text";
import { sql } from "../../../src/store/sqlite/sql";
import { wholeCommits } from "../../builders/whole-commits";

/** Does something to the file behind the store's back. */
export function tamper(path: string, text: string): void {
  const connection = new SqliteConnection(path);
  connection.execute(text);
  connection.close();
}

/** Keeps the log as storage version 6 did: whole commits in one column, and no chain. */
export async function keepLogAsBefore(store: GraphStore, path: string): Promise<void> {
  const commits = await wholeCommits(store, { first: 1_000 });
  tamper(
    path,
    `DROP TABLE commit_part; DROP TABLE commit_log;
     CREATE TABLE commit_log (revision INTEGER PRIMARY KEY, at TEXT NOT NULL, actor_kind TEXT NOT NULL,
       actor_name TEXT NOT NULL, title TEXT NOT NULL, draft TEXT, changes ANY NOT NULL) STRICT;
     CREATE INDEX commit_log_actor ON commit_log (actor_name); PRAGMA user_version = 6`,
  );
  const connection = new SqliteConnection(path);
  for (const { revision, at, actor, title, draft, changes } of commits)
    connection.run(
      sql`INSERT INTO commit_log (revision, at, actor_kind, actor_name, title, draft, changes) VALUES (${revision}, ${at},
        ${actor.kind}, ${actor.name}, ${title}, ${draft ?? null}, ${await packedText(JSON.stringify(changes))})`,
    );
  connection.close();
}
