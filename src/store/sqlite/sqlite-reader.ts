import { deepFreeze } from "../../domain/deep-freeze";
import type { GraphReader, ListQuery, NeighboursQuery, ScanItem, ScanOptions } from "../../domain/graph/port";
import type { NodeId, Slug } from "../../domain/ids";
import type { LongTexts, NodeKind } from "../../domain/ontology/node-kinds";
import { count, counts, facets } from "./facets";
import { list } from "./list";
import { neighbours } from "./neighbours";
import { type ReadOptions, throwIfAborted } from "./read-options";
import { scan } from "./scan";
import type { SqliteSnapshot } from "./snapshot";
import { quoted, rowsOf, sql } from "./sql";
import { withTexts } from "./transaction-state";

/** Reads in one go a call, on the main thread: handing a read of a fraction of a millisecond to a worker takes longer. */
export class SqliteReader implements GraphReader {
  constructor(
    private readonly path: string,
    private readonly snapshot: SqliteSnapshot,
    private readonly options: ReadOptions,
  ) {}

  nodes(ids: readonly NodeId[]) {
    return this.read((snapshot) => snapshot.nodes(ids));
  }

  texts(ids: readonly NodeId[]): Promise<ReadonlyMap<NodeId, LongTexts<NodeKind>>> {
    return this.read(({ connection }) => {
      const rows = connection.rows<[NodeId, string]>(
        sql`SELECT node.id, ifnull(texts, '{}') FROM ${rowsOf(ids)} AS wanted CROSS JOIN node ON node.id = wanted.value ${withTexts}`,
      );
      return new Map(rows.map(([id, texts]) => [id, deepFreeze(JSON.parse(texts) as LongTexts<NodeKind>)]));
    });
  }

  idsBySlug(kind: NodeKind, slugs: readonly Slug[]): Promise<ReadonlyMap<Slug, NodeId>> {
    return this.read(({ connection }) => {
      const rows = connection.rows<[Slug, NodeId]>(
        sql`SELECT slug.slug, node.id FROM ${rowsOf(slugs)} AS wanted
          CROSS JOIN slug ON slug.kind = ${quoted(kind)} AND slug.slug = wanted.value CROSS JOIN node ON node.id = slug.id`,
      );
      return new Map(rows);
    });
  }

  neighbours(query: NeighboursQuery) {
    return this.read((snapshot) => neighbours(snapshot, query));
  }

  counts(query: Pick<NeighboursQuery, "relation" | "of" | "where">) {
    return this.read((snapshot) => counts(snapshot, query));
  }

  list(query: ListQuery) {
    return this.read((snapshot) =>
      snapshot.answer(
        `list ${JSON.stringify(query)}`,
        (page) => page.nodes.length,
        () => list(snapshot, query),
      ),
    );
  }

  count(query: Pick<ListQuery, "kind" | "where">) {
    return this.read((snapshot) =>
      snapshot.answer(
        `count ${JSON.stringify(query)}`,
        () => 1,
        () => count(snapshot, query),
      ),
    );
  }

  facets(query: Pick<ListQuery, "kind" | "where"> & { readonly by: string }) {
    return this.read((snapshot) =>
      snapshot.answer(
        `facets ${JSON.stringify(query)}`,
        (found) => found.length,
        () => facets(snapshot, query),
      ),
    );
  }

  revision() {
    return this.read((snapshot) => snapshot.revision());
  }

  scan(options?: ScanOptions): AsyncIterable<readonly ScanItem[]> {
    return scan(this.path, this.options, options);
  }

  private read<T>(work: (snapshot: SqliteSnapshot) => T): Promise<T> {
    return this.snapshot.read((snapshot) => {
      throwIfAborted(this.options.signal);
      return work(snapshot);
    }, this.options.after);
  }
}
