import type { EdgeState, NodeState } from "../../domain/changes/change-set";
import type { Revision } from "../../domain/graph/node";
import type { ScanItem, ScanOptions } from "../../domain/graph/port";
import type { NodeId } from "../../domain/ids";
import { type EdgeKind, edgeKindNames } from "../../domain/ontology/edge-kinds";
import { Pacer } from "../../domain/pacer";
import { headOfLog } from "./commit-log";
import { SqliteConnection } from "./connection";
import { retryWhileBusy } from "./driver-errors";
import { assertCurrent } from "./format";
import { assertReached, type ReadOptions, throwIfAborted } from "./read-options";
import { closed, type Sql, sql } from "./sql";
import { edgeState, nodeState, withTexts } from "./transaction-state";

/**
 * See `GraphReader.scan`. It reads a page at a time, in a transaction on a connection of its own, so that it sees one
 * state of the graph however long it takes, while others read and write.
 */
export async function* scan(
  path: string,
  { signal, after = 0 }: ReadOptions,
  { light = false }: ScanOptions = {},
): AsyncIterable<readonly ScanItem[]> {
  throwIfAborted(signal);
  const connection = await retryWhileBusy(() => new SqliteConnection(path));
  try {
    await retryWhileBusy(() => begin(connection, after));
    const pacer = new Pacer();
    for (const page of pages(connection, light)) {
      throwIfAborted(signal);
      yield page;
      await pacer.yieldToEventLoop();
    }
  } finally {
    connection.close();
  }
}

function begin(connection: SqliteConnection, after: Revision): void {
  if (!connection.inTransaction) connection.execute("BEGIN");
  assertCurrent(connection);
  assertReached(headOfLog(connection).revision, after);
}

/** Enough that the calls do not matter, few enough that nobody else waits for long and what a page leaves is collected young. */
const rowsAtOnce = 500;
const textRowsAtOnce = 100;

/** The pages of a scan, in the transaction that is open on the connection. */
export function* pages(connection: SqliteConnection, light: boolean): Iterable<readonly ScanItem[]> {
  const nodesAtOnce = light ? rowsAtOnce : textRowsAtOnce;
  for (let last = "", more = true; more;) {
    const [ids, slugs, former, fields, texts, revisions] = columns<
      [NodeId, string, string[] | null, NodeState["fields"], NodeState["texts"] | null, Revision]
    >(
      connection,
      nodeColumns,
      sql`SELECT node.id, slug, former, fields, ${closed(light ? "NULL" : "texts")} AS texts, revision
        FROM node ${light ? closed("") : withTexts} WHERE node.id > ${last} ORDER BY node.id LIMIT ${nodesAtOnce}`,
    );
    if (ids.length > 0)
      yield ids.map((id, row) => ({
        node: nodeState(id, slugs[row]!, former[row]!, fields[row]!, texts[row] ?? {}),
        revision: revisions[row]!,
      }));
    last = ids.at(-1) ?? "";
    more = ids.length === nodesAtOnce;
  }
  for (const kind of edgeKindNames) {
    for (let [from, to, more] = ["", "", true]; more;) {
      const page = edgePage(connection, kind, from, to);
      if (page.length > 0) yield page;
      ({ from, to } = page.at(-1)?.edge ?? { from, to });
      more = page.length === rowsAtOnce;
    }
  }
}

function edgePage(connection: SqliteConnection, kind: EdgeKind, from: string, to: string) {
  const [starts, ends, positions, properties, revisions] = columns<
    [NodeId, NodeId, number | null, EdgeState["properties"], Revision]
  >(
    connection,
    edgeColumns,
    sql`SELECT from_id, to_id, position, properties, revision FROM edge
      WHERE kind = ${kind} AND (from_id, to_id) > (${from}, ${to}) ORDER BY from_id, to_id LIMIT ${rowsAtOnce}`,
  );
  return starts.map((start, row) => ({
    edge: edgeState(kind, start, ends[row]!, positions[row]!, properties[row]!),
    revision: revisions[row]!,
  }));
}

/** Each column of a page as the members of a JSON array, which is parsed as one instead of row by row. */
const members = (column: string) => `ifnull(group_concat(${column}), '')`;
const orNull = (column: string) => members(`ifnull(${column}, 'null')`);

/** Ids and slugs hold nothing that JSON would escape. */
const texts = (column: string) => `ifnull('"' || group_concat(${column}, '","') || '"', '')`;
const nodeColumns = closed(
  [texts("id"), texts("slug"), orNull("former"), members("fields"), orNull("texts"), members("revision")].join(", "),
);

const edgeColumns = closed(
  [texts("from_id"), texts("to_id"), orNull("position"), members("properties"), members("revision")].join(", "),
);

function columns<R extends readonly unknown[]>(connection: SqliteConnection, joins: Sql, page: Sql) {
  const joined = connection.row<readonly string[]>(sql`SELECT ${joins} FROM (${page})`) as readonly string[];
  return joined.map((column) => JSON.parse(`[${column}]`) as unknown) as { [K in keyof R]: R[K][] };
}
