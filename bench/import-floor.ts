import { DatabaseSync } from "@photostructure/sqlite";
import neo4j from "neo4j-driver";
import type { AppliedChange } from "../src/domain/changes/change-set";
import { findableBy } from "../src/domain/changes/history";
import { logEntry } from "../src/domain/changes/log-entry";
import { Pacer } from "../src/domain/pacer";
import { changesStatements } from "../src/store/neo4j/cypher/changes";
import { appendEntryStatement, makeFindableStatement } from "../src/store/neo4j/cypher/log";
import { encoded } from "../src/store/neo4j/driver/parameters";
import { unpackedText } from "../src/store/sqlite/packed-text";
import { openStore } from "../src/store/open-store";

/** A commit as the log of an imported file holds it. */
interface Logged {
  readonly revision: number;
  readonly at: string;
  readonly title: string;
  readonly changes: readonly AppliedChange[];
  /** Its rows in the log, as they are kept. */
  readonly row: readonly (string | number | null)[];
  readonly parts: readonly (readonly (string | number | Uint8Array)[])[];
}

/** What was imported, commit by commit, but for what a later commit changed once more. */
function* logOf(path: string): Iterable<Logged> {
  const database = new DatabaseSync(path, { returnArrays: true });
  const rows = database.prepare("SELECT * FROM commit_log ORDER BY revision");
  const partsOf = database.prepare("SELECT * FROM commit_part WHERE revision = ? ORDER BY holds, part");
  for (const row of rows.iterate() as Iterable<Logged["row"]>) {
    const [revision, at, , , title] = row as [number, string, string, string, string];
    const parts = partsOf.all(revision) as unknown as Logged["parts"];
    const changes = parts
      .filter(([, holds]) => holds === "changes")
      .flatMap((part) => JSON.parse(unpackedText(part.at(-1) as string | Uint8Array)) as AppliedChange[])
      .filter(({ before }) => before === null);
    yield { revision, at, title, changes, row, parts };
  }
  database.close();
}

export interface Spent {
  readonly wall: number;
  readonly cpu: number;
}

/** Adds up what some work took of this process, in milliseconds. */
class Meter {
  wall = 0;
  cpu = 0;

  async measure(work: () => void | Promise<void>): Promise<void> {
    const [started, before] = [performance.now(), process.cpuUsage()];
    await work();
    const { user, system } = process.cpuUsage(before);
    this.wall += performance.now() - started;
    this.cpu += (user + system) / 1_000;
  }
}

/** Writes the rows of an imported file into a new one by plain prepared INSERTs, with the same indexes and commits. */
export async function sqliteFloor(imported: string, target: string): Promise<Spent> {
  const store = await openStore({ url: `sqlite:${target}`, user: "", password: "", database: "" });
  await store.migrate();
  await store.close();
  const database = new DatabaseSync(target);
  database.exec("PRAGMA synchronous = FULL; PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 8000");
  const insert = (table: string, columns: number) =>
    database.prepare(`INSERT INTO ${table} VALUES (${Array(columns).fill("?").join(", ")})`);
  const [node, texts, slug, edge] = [insert("node", 6), insert("node_texts", 2), insert("slug", 3), insert("edge", 6)];
  const [log, part, findable] = [insert("commit_log", 15), insert("commit_part", 6), insert("findable", 2)];
  const meter = new Meter();
  for (const { revision, changes, row, parts } of logOf(imported)) {
    const subjects = findableBy(changes);
    await meter.measure(() => {
      database.exec("BEGIN IMMEDIATE");
      for (const { after } of changes) {
        if (after && "id" in after) {
          const { id, kind } = after;
          node.run(id, kind, after.slug, null, revision, JSON.stringify(after.fields));
          if (Object.keys(after.texts).length > 0) texts.run(id, JSON.stringify(after.texts));
          slug.run(kind, after.slug, id);
        } else if (after)
          edge.run(after.edge, after.from, after.to, after.order ?? null, revision, JSON.stringify(after.properties));
      }
      log.run(...row);
      for (const each of parts) part.run(...each);
      for (const subject of subjects) findable.run(subject, revision);
      database.exec("COMMIT");
    });
  }
  database.close();
  return meter;
}

/** Writes the same into an empty Neo4j by the store's own batches, with the same indexes and commits, without reading anything. */
export async function neo4jFloor(imported: string, uri: string): Promise<Spent> {
  const store = await openStore({ url: uri, user: "", password: "", database: "neo4j" });
  await store.migrate();
  await store.close();
  const driver = neo4j.driver(uri, undefined, { disableLosslessIntegers: true });
  const meter = new Meter();
  for (const { revision, at, title, changes } of logOf(imported)) {
    const facts = { revision, at, actor: { kind: "import", name: "import" } as const, title, changes };
    const entry = await logEntry(facts, "", new Pacer());
    await meter.measure(async () => {
      const session = driver.session();
      const transaction = session.beginTransaction();
      await Promise.all(
        [
          ...changesStatements(changes, revision, { hasTombstones: false }),
          appendEntryStatement(
            entry,
            entry.changes.map(() => "[]"),
          ),
          makeFindableStatement(revision, [...findableBy(changes)]),
        ].map(({ text, parameters }) => transaction.run(text, encoded(parameters))),
      );
      await transaction.commit();
      await session.close();
    });
    if (revision === 1 || revision % 40 === 0) await driver.executeQuery("CALL db.prepareForReplanning(60)");
  }
  await driver.close();
  return meter;
}
