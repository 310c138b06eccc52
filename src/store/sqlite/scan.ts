import type { Revision } from "../../domain/graph/node";
import type { NodeId } from "../../domain/ids";
import type { ScanItem } from "../../domain/graph/port";
import { edgeKindNames } from "../../domain/ontology/edge-kinds";
import { headRevision } from "./commit-log";
import { Connection } from "./connection";
import { assertCurrent } from "./format";
import { Pacer } from "./pacer";
import { patiently } from "./patience";
import { assertReached, type ReadOptions, throwIfAborted } from "./read-options";
import { closed, type Sql, sql } from "./sql";
import { edgeColumns, nodeColumns, type NodeStateRow, withTexts, storedEdge, storedNode } from "./states";

/**
 * See `GraphReader.scan`. It reads some thousand rows at a time, in a transaction on a connection of its own, so that it
 * sees one state of the graph however long it takes, while others read and write.
 */
export async function* scan(path: string, { signal, after = 0 }: ReadOptions): AsyncIterable<ScanItem> {
  throwIfAborted(signal);
  const connection = await patiently(() => new Connection(path));
  try {
    await patiently(() => begin(connection, after));
    const pacer = new Pacer();
    for (const item of items(connection)) {
      await pacer.breathe();
      throwIfAborted(signal);
      yield item;
    }
  } finally {
    connection.close();
  }
}

function begin(connection: Connection, after: Revision): void {
  if (!connection.inTransaction) connection.execute("BEGIN");
  assertCurrent(connection);
  assertReached(headRevision(connection), after);
}

/** Rows read at once: enough that the calls do not matter, few enough that nobody else waits for long. */
const rowsAtOnce = 2_000;

function* items(connection: Connection): Iterable<ScanItem> {
  for (let last = ""; ;) {
    const rows = rowsOf<[string, string, string, string, string, string]>(
      connection,
      sql`SELECT count(*), ${joinedNodeColumns} FROM (
        SELECT ${nodeColumns} FROM node ${withTexts} WHERE node.id > ${last} ORDER BY node.id LIMIT ${rowsAtOnce})`,
    );
    for (const [id, slug, former, fields, texts, revision] of rows) {
      const row: NodeStateRow = [id as NodeId, slug, former === "" ? null : former, fields, texts, Number(revision)];
      const stored = storedNode(row);
      yield Object.freeze({ node: stored.state, revision: stored.revision });
      last = id;
    }
    if (rows.length < rowsAtOnce) break;
  }
  for (const kind of edgeKindNames) {
    for (let [from, to] = ["", ""]; ;) {
      const rows = rowsOf<[string, string, string, string, string]>(
        connection,
        sql`SELECT count(*), ${joinedEdgeColumns} FROM (
          SELECT ${edgeColumns} FROM edge WHERE kind = ${kind} AND (from_id, to_id) > (${from}, ${to}) ORDER BY from_id, to_id LIMIT ${rowsAtOnce})`,
      );
      for (const row of rows) {
        [from, to] = row;
        const [, , position, properties, revision] = row;
        const place = position === "" ? null : Number(position);
        const stored = storedEdge([kind, from as NodeId, to as NodeId, place, properties, Number(revision)]);
        yield Object.freeze({ edge: stored.state, revision: stored.revision });
      }
      if (rows.length < rowsAtOnce) break;
    }
  }
}

/** Values joined by line feeds, which ids, numbers and JSON do not hold: a third of the time of a row at a time. */
const joinedColumns = (names: readonly string[]) =>
  closed(names.map((name) => `group_concat(ifnull(${name}, ''), char(10))`).join(", "));
const joinedNodeColumns = joinedColumns(["id", "slug", "former", "fields", "texts", "revision"]);
const joinedEdgeColumns = joinedColumns(["from_id", "to_id", "position", "properties", "revision"]);

/** The rows of a statement that gives their number and then each column, joined. */
function rowsOf<R extends readonly string[]>(connection: Connection, statement: Sql): readonly R[] {
  const [count, ...joined] = connection.row<[number, ...string[]]>(statement) as [number, ...string[]];
  if (count === 0) return [];
  const split = joined.map((column) => column.split("\n"));
  return Array.from({ length: count }, (_, row) => split.map((column) => column[row]) as unknown as R);
}
