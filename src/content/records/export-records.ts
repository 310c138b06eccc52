import type { Writable } from "node:stream";
import { once } from "node:events";
import type { GraphReader, GraphStore } from "../../domain/graph/port";
import { isOwned, type NodeId } from "../../domain/ids";
import { type NodeKind, nodeKindNames } from "../../domain/ontology/node-kinds";
import { byId, positionOfNode } from "../../domain/graph/order";
import { bankView } from "../../domain/rules/bank-view";
import { creationRank } from "../import/required-links";
import { contentOf } from "../write-bank";
import { readStoredRecords } from "./stored-records";

const pageSize = 100;

export interface RecordsExport {
  readonly records: number;
  /** True if the store stayed at one revision, so that all records are of that revision. */
  readonly isOneRevision: boolean;
}

/**
 * Writes a store's content as JSON Lines, in bounded memory: kinds in an order in which they can be put, each by id.
 * Ends the stream. Throws the reader's errors.
 */
export async function exportRecords(store: GraphStore, out: Writable): Promise<RecordsExport> {
  const reader = store.reader();
  const before = await reader.revision();
  const kinds = nodeKindNames.filter((kind) => !isOwned(kind)).sort((a, b) => creationRank(a) - creationRank(b));
  let records = 0;
  for (const kind of kinds) {
    for await (const ids of pagesOf(reader, kind)) {
      const stored = await readStoredRecords(reader, ids);
      const view = bankView(stored);
      for (const id of ids) {
        const node = stored.nodes.get(id);
        if (!node) continue;
        const record = { kind, slug: node.slug, ...(plain(contentOf(view, node)) as object) };
        if (!out.write(`${JSON.stringify(record)}\n`)) await once(out, "drain");
        records++;
      }
    }
  }
  const finished = once(out, "finish");
  out.end();
  await finished;
  return { records, isOneRevision: (await reader.revision()) === before };
}

async function* pagesOf(reader: GraphReader, kind: NodeKind): AsyncIterable<readonly NodeId[]> {
  for (let after; ;) {
    const { nodes, hasNext } = await reader.list({ kind, first: pageSize, ...(after && { after }) });
    yield nodes.map(({ id }) => id);
    const last = nodes.at(-1);
    if (!hasNext || !last) return;
    after = positionOfNode(last, byId);
  }
}

function plain(value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, inner]) => [key, plain(inner)]));
  return Array.isArray(value) ? value.map(plain) : value;
}
