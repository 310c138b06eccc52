import type { Revision } from "../../domain/graph/node";
import type { ScanItem } from "../../domain/graph/port";
import { edgeKindNames } from "../../domain/ontology/edge-kinds";
import { headRevision } from "./commit-log";
import { Connection } from "./connection";
import { assertCurrent } from "./format";
import { Pacer } from "./pacer";
import { patiently } from "./patience";
import { assertReached, type ReadOptions, throwIfAborted } from "./read-options";
import { sql } from "./sql";
import {
  edgeColumns,
  type EdgeStateRow,
  nodeColumns,
  type NodeStateRow,
  withTexts,
  storedEdge,
  storedNode,
} from "./states";

const allNodes = sql`SELECT ${nodeColumns} FROM node ${withTexts} ORDER BY node.id`;

/**
 * See `GraphReader.scan`. It reads row by row in a transaction on a connection of its own, so that it sees one state of
 * the graph however long it takes, while others read and write.
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

function* items(connection: Connection): Iterable<ScanItem> {
  for (const row of connection.iterate<NodeStateRow>(allNodes)) {
    const { state, revision } = storedNode(row);
    yield Object.freeze({ node: state, revision });
  }
  for (const kind of edgeKindNames) {
    const ofKind = sql`SELECT ${edgeColumns} FROM edge WHERE kind = ${kind} ORDER BY from_id, to_id`;
    for (const row of connection.iterate<EdgeStateRow>(ofKind)) {
      const { state, revision } = storedEdge(row);
      yield Object.freeze({ edge: state, revision });
    }
  }
}
