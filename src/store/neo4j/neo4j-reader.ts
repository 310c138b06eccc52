import { setTimeout as wait } from "node:timers/promises";
import { DomainError } from "../../domain/errors";
import type { GraphNode, Revision } from "../../domain/graph/node";
import { defaultOrder } from "../../domain/graph/order";
import type {
  Facet,
  GraphReader,
  LinkPage,
  ListQuery,
  NeighboursQuery,
  NodePage,
  ScanItem,
  ScanOptions,
} from "../../domain/graph/port";
import { kindOf, type NodeId, type Slug } from "../../domain/ids";
import type { LongTexts, NodeKind } from "../../domain/ontology/node-kinds";
import { isEdgeRelation, relations } from "../../domain/ontology/relations";
import type { Prefetch } from "./cypher/prefetch";
import { countsStatement, countStatement, facetsOf, facetsStatement } from "./cypher/facets";
import { derivedLinkPages, derivedNeighboursStatement } from "./cypher/derived-neighbours";
import { listStatement, nodePage } from "./cypher/list";
import { idsBySlugStatement, nodesStatement, slugOfKey, textsStatement } from "./cypher/look-ups";
import { isWholeList, linkPages, neighboursStatement } from "./cypher/neighbours";
import type { PerNode } from "./cypher/per-node";
import type { Row, Statement } from "./cypher/statement";
import type { Reads } from "./driver/reads";
import type { Writes } from "./driver/writes";
import { type Combinations, RoundTrips } from "./round-trips";
import { PrefetchedLists } from "./prefetched-lists";
import type { Place, ReadHabits } from "./read-habits";
import { headOf } from "./head";
import { scan } from "./scan";
import { textsOf } from "./stored-node";

const pauseMilliseconds = 20;

export interface ReaderOptions {
  readonly signal?: AbortSignal | undefined;
  readonly after?: Revision | undefined;
}

/** Reads the graph in Neo4j. Each call sends a statement, except for lists that an earlier call has prefetched. */
export class Neo4jReader implements GraphReader {
  private caughtUp: Promise<void> | undefined;
  private readonly roundTrips: RoundTrips;
  private readonly lists: PrefetchedLists;

  constructor(
    private readonly reads: Reads,
    private readonly writes: Writes,
    private readonly combinations: Combinations,
    habits: ReadHabits,
    private readonly options: ReaderOptions,
  ) {
    this.roundTrips = new RoundTrips(reads, combinations, options.signal);
    this.lists = new PrefetchedLists(habits);
  }

  async nodes(ids: readonly NodeId[]): Promise<ReadonlyMap<NodeId, GraphNode>> {
    if (ids.length === 0) return new Map();
    const place = `nodes ${[...new Set(ids.map(kindOf))].sort().join()}`;
    const { prefetch, statement } = this.worthPlanning([place], (each) => nodesStatement(ids, each));
    const rows = await this.together(statement);
    return new Map(rows.map(([id, values]) => [id as NodeId, this.lists.node(prefetch, values as unknown[], place)]));
  }

  async texts(ids: readonly NodeId[]): Promise<ReadonlyMap<NodeId, LongTexts<NodeKind>>> {
    if (ids.length === 0) return new Map();
    const rows = await this.together(textsStatement(ids));
    return new Map(rows.map(([id, values]) => [id as NodeId, textsOf(kindOf(id as NodeId), values as unknown[])]));
  }

  async idsBySlug(kind: NodeKind, slugs: readonly Slug[]): Promise<ReadonlyMap<Slug, NodeId>> {
    const rows = await this.rows(idsBySlugStatement(kind, slugs));
    return new Map(rows.map(([key, id]) => [slugOfKey(key as string), id as NodeId]));
  }

  async neighbours(query: NeighboursQuery): Promise<ReadonlyMap<NodeId, LinkPage>> {
    const relation = relations[query.relation];
    const { order = defaultOrder(relation) } = query;
    const asked = { ...query, of: query.of.filter((id) => kindOf(id) === relation.owner) };
    if (isEdgeRelation(relation)) {
      const isWhole = !query.where && !query.order && isWholeList(relation, query);
      const places = this.lists.ask(asked, isWhole);
      const known = isWhole ? this.lists.known(relation, asked.of) : new Map<NodeId, LinkPage>();
      const rest = { ...asked, of: asked.of.filter((id) => !known.has(id)) };
      if (known.size > 0 && rest.of.length === 0) return known;
      const { prefetch, statement } = this.worthPlanning(places, (each) =>
        neighboursStatement(relation, order, rest, each),
      );
      const rows = await this.together(statement);
      const pages = linkPages(relation, order, rest, rows, (values) =>
        this.lists.link({ relation, further: prefetch }, values, places[0]!),
      );
      return known.size === 0 ? pages : new Map([...known, ...pages]);
    }
    // Not combined with other statements: this one aggregates inside, and Neo4j takes a list with such an item for an
    // aggregation.
    return derivedLinkPages(asked, await this.rows(derivedNeighboursStatement(relation, order, asked)));
  }

  async counts(query: Pick<NeighboursQuery, "relation" | "of" | "where">): Promise<ReadonlyMap<NodeId, number>> {
    const relation = relations[query.relation];
    const of = query.of.filter((id) => kindOf(id) === relation.owner);
    return new Map((await this.together(countsStatement(relation, { ...query, of }))) as [NodeId, number][]);
  }

  async list(query: ListQuery): Promise<NodePage> {
    const place = `list ${query.kind}`;
    const { prefetch, statement } = this.worthPlanning([place], (each) => listStatement(query, each));
    return nodePage(query, await this.rows(statement), (values) => this.lists.node(prefetch, values, place));
  }

  async count(query: Pick<ListQuery, "kind" | "where">): Promise<number> {
    const [row] = await this.rows(countStatement(query));
    return row![1] as number;
  }

  async facets(query: Parameters<GraphReader["facets"]>[0]): Promise<readonly Facet[]> {
    return facetsOf(await this.rows(facetsStatement(query)));
  }

  async revision(): Promise<Revision> {
    await this.caughtUpWith();
    return this.head();
  }

  async *scan(options?: ScanOptions): AsyncIterable<readonly ScanItem[]> {
    await this.caughtUpWith();
    yield* scan(this.reads, this.writes, options, this.options.signal);
  }

  private async rows(statement: Statement): Promise<readonly Row[]> {
    if (this.options.after !== undefined) await this.caughtUpWith();
    return this.reads.rows(statement, this.options.signal);
  }

  private async together(statement: PerNode): Promise<readonly Row[]> {
    if (this.options.after !== undefined) await this.caughtUpWith();
    return this.roundTrips.rows(statement);
  }

  /**
   * Returns the statement with the prefetch that is usual at these places. Returns it without any until that
   * combination has been wanted often enough to be worth a plan.
   */
  private worthPlanning<S extends Statement>(
    places: readonly Place[],
    make: (prefetch: readonly Prefetch[]) => S,
  ): { readonly prefetch: readonly Prefetch[]; readonly statement: S } {
    const prefetch = this.lists.prefetch(places);
    const statement = make(prefetch);
    return prefetch.length === 0 || this.combinations.isUsual(statement)
      ? { prefetch, statement }
      : { prefetch: [], statement: make([]) };
  }

  /** Resolves when Neo4j shows the revision `after`. Rejects with STORE_UNAVAILABLE if that takes too long. */
  private caughtUpWith(): Promise<void> {
    this.caughtUp ??= this.catchUp(this.options.after ?? 0);
    return this.caughtUp;
  }

  private async catchUp(after: Revision): Promise<void> {
    const deadline = performance.now() + this.reads.timeouts.revision;
    while (this.reads.seen < after) {
      this.reads.seen = Math.max(this.reads.seen, await this.head());
      if (this.reads.seen >= after) return;
      if (performance.now() > deadline) {
        throw new DomainError(
          "STORE_UNAVAILABLE",
          `Neo4j has not come to revision ${after}; it is at ${this.reads.seen}.`,
        );
      }
      await wait(pauseMilliseconds);
    }
  }

  private async head(): Promise<Revision> {
    return (await headOf(this.reads, this.options.signal)).revision;
  }
}
