import { type CacheUsage, textBytes } from "../../domain/byte-cache";
import type { HeadId } from "../../domain/changes/change-set";
import { deepFreeze } from "../../domain/deep-freeze";
import type { GraphNode, Revision } from "../../domain/graph/node";
import { kindOf, type NodeId, type Slug } from "../../domain/ids";
import { headOfLog } from "./commit-log";
import type { SqliteConnection } from "./connection";
import { retryWhileBusy } from "./driver-errors";
import { assertCurrent } from "./format";
import { GenerationCache } from "./generation-cache";
import { assertReached } from "./read-options";
import { rowsOf, sql } from "./sql";

const begin = sql`BEGIN`;
const rollback = sql`ROLLBACK`;
const dataVersion = sql`PRAGMA data_version`;

/** Bytes that decoded nodes may take, and answers to questions. */
export const snapshotBytes = { nodes: 8_000_000, answers: 16_000_000 } as const;

/** A node or link of an answer, whose strings may be its own. */
const bytesOfThing = 400;

/** A node beside its fields, and how much larger these are than their JSON. */
const bytesOfNode = 300;
const bytesPerCharacter = 2;

type NodeRow = readonly [id: NodeId, slug: Slug, former: string | null, revision: Revision, fields: string];

/**
 * The graph as the reading connection sees it. All reads within one turn of the event loop see one state: a request whose
 * reads follow each other without waiting sees no commit in between, and the state is looked up once for all of them. Own
 * commits are seen at once, those of other processes from the next turn on.
 *
 * Decoded nodes and answers are kept from turn to turn until any connection, of this process or another, has committed:
 * SQLite's data version tells.
 */
export class SqliteSnapshot {
  private readonly decoded = new GenerationCache<NodeId, GraphNode>("sqliteNodes", snapshotBytes.nodes);
  private readonly answers = new GenerationCache<string, unknown>("sqliteAnswers", snapshotBytes.answers);
  private version: number | undefined;
  private newest: HeadId | undefined;

  constructor(readonly connection: SqliteConnection) {}

  get caches(): readonly CacheUsage[] {
    return [this.decoded, this.answers];
  }

  /**
   * Does the work, which must not await, on one state of the graph, at `after` or later; waits while another process holds
   * the file. Throws what the port promises.
   */
  read<T>(work: (snapshot: this) => T, after: Revision = 0): Promise<T> {
    return retryWhileBusy(() => {
      try {
        this.hold();
        if (this.revision() < after) this.renew();
        assertReached(this.revision(), after);
        return work(this);
      } catch (error) {
        this.release();
        throw error;
      }
    });
  }

  /** Lets the next read see what has been committed until then. */
  release(): void {
    if (this.connection.inTransaction) this.connection.run(rollback);
  }

  /** The number of the last commit. */
  revision(): Revision {
    return this.head().revision;
  }

  /** The last commit. */
  head(): HeadId {
    return (this.newest ??= headOfLog(this.connection));
  }

  /** The nodes that exist among the ids, each once. */
  nodes(ids: Iterable<NodeId>): Map<NodeId, GraphNode> {
    const found = new Map<NodeId, GraphNode>();
    const missing = new Set<NodeId>();
    for (const id of ids) {
      const node = this.decoded.get(id);
      if (node) found.set(id, node);
      else missing.add(id);
    }
    if (missing.size === 0) return found;
    const rows = this.connection.rows<NodeRow>(
      sql`SELECT node.id, slug, former, revision, fields FROM ${rowsOf([...missing])} AS wanted CROSS JOIN node ON node.id = wanted.value`,
    );
    for (const row of rows) {
      const node = decodedNode(row);
      this.decoded.set(node.id, node, bytesOfNode + bytesPerCharacter * row[4].length);
      found.set(node.id, node);
    }
    return found;
  }

  /** What was answered to the question before, or is found now; frozen. `size` is how many things an answer holds. */
  answer<T>(question: string, size: (answer: T) => number, find: () => T): T {
    const known = this.answers.get(question) as T | undefined;
    return known ?? this.remember(question, find(), size);
  }

  /** As `answer`, about each of the ids; those about which nothing was known are found together. */
  answersAbout<T>(
    question: string,
    ids: readonly NodeId[],
    size: (answer: T) => number,
    find: (ids: readonly NodeId[]) => ReadonlyMap<NodeId, T>,
  ): ReadonlyMap<NodeId, T> {
    const found = new Map<NodeId, T>();
    const missing: NodeId[] = [];
    for (const id of ids) {
      const known = this.answers.get(`${question} ${id}`) as T | undefined;
      if (known === undefined) missing.push(id);
      else found.set(id, known);
    }
    if (missing.length === 0) return found;
    for (const [id, answer] of find(missing)) found.set(id, this.remember(`${question} ${id}`, answer, size));
    return found;
  }

  private remember<T>(question: string, answer: T, size: (answer: T) => number): T {
    this.answers.set(question, answer, textBytes(question) + bytesOfThing * (1 + size(answer)));
    return answer;
  }

  private hold(): void {
    if (this.connection.inTransaction) return;
    this.connection.run(begin);
    setImmediate(() => this.release());
    this.notice();
  }

  private renew(): void {
    this.release();
    this.hold();
  }

  private notice(): void {
    const [version] = this.connection.row<[number]>(dataVersion) as [number];
    if (version === this.version) return;
    assertCurrent(this.connection);
    this.decoded.clear();
    this.answers.clear();
    this.newest = undefined;
    this.version = version;
  }
}

const decodedNode = ([id, slug, former, revision, fields]: NodeRow): GraphNode =>
  deepFreeze({
    id,
    kind: kindOf(id),
    slug,
    ...(former === null ? {} : { formerSlugs: JSON.parse(former) as Slug[] }),
    changedIn: revision,
    ...(JSON.parse(fields) as object),
  }) as unknown as GraphNode;
