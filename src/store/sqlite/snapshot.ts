import type { GraphNode, Revision } from "../../domain/graph/node";
import { kindOf, type NodeId, type Slug } from "../../domain/ids";
import { headRevision } from "./commit-log";
import type { Connection } from "./connection";
import { deepFreeze } from "./deep-freeze";
import { assertCurrent } from "./format";
import { NodeCache } from "./node-cache";
import { patiently } from "./patience";
import { rowsOf, sql } from "./sql";

const begin = sql`BEGIN`;
const commit = sql`COMMIT`;
const dataVersion = sql`PRAGMA data_version`;

type NodeRow = readonly [id: NodeId, slug: Slug, former: string | null, revision: Revision, fields: string];

/**
 * The graph as a connection sees it during one read. Decoded nodes are kept from read to read until any connection, of
 * this process or another, commits: SQLite's data version tells.
 */
export class Snapshot {
  private readonly cache = new NodeCache();
  private version: number | undefined;
  private head: Revision | undefined;

  constructor(readonly connection: Connection) {}

  /** Does the work, which must not await, on one state of the graph; waits while another process holds the file. Throws what the port promises. */
  read<T>(work: (snapshot: this) => T): Promise<T> {
    return patiently(() => {
      this.connection.run(begin);
      try {
        this.notice();
        return work(this);
      } finally {
        if (this.connection.inTransaction) this.connection.run(commit);
      }
    });
  }

  /** The number of the last commit. */
  revision(): Revision {
    this.head ??= headRevision(this.connection);
    return this.head;
  }

  /** The nodes that exist among the ids, each once. */
  nodes(ids: Iterable<NodeId>): Map<NodeId, GraphNode> {
    const found = new Map<NodeId, GraphNode>();
    const missing = new Set<NodeId>();
    for (const id of ids) {
      const node = this.cache.get(id);
      if (node) found.set(id, node);
      else missing.add(id);
    }
    if (missing.size === 0) return found;
    const rows = this.connection.rows<NodeRow>(
      sql`SELECT node.id, slug, former, revision, fields FROM ${rowsOf([...missing])} AS wanted CROSS JOIN node ON node.id = wanted.value`,
    );
    for (const row of rows) {
      const node = decoded(row);
      this.cache.set(node);
      found.set(node.id, node);
    }
    return found;
  }

  private notice(): void {
    const [version] = this.connection.row<[number]>(dataVersion) as [number];
    if (version === this.version) return;
    assertCurrent(this.connection);
    this.cache.clear();
    this.head = undefined;
    this.version = version;
  }
}

const decoded = ([id, slug, former, revision, fields]: NodeRow): GraphNode =>
  deepFreeze({
    id,
    kind: kindOf(id),
    slug,
    ...(former === null ? {} : { formerSlugs: JSON.parse(former) as Slug[] }),
    changedIn: revision,
    ...(JSON.parse(fields) as object),
  }) as unknown as GraphNode;
