import type { EdgeState, NodeState } from "../../domain/changes/change-set";
import type { StateReader } from "../../domain/changes/state-reader";
import { deepFreeze } from "../../domain/deep-freeze";
import { type EdgeKey, edgeSubject, type Revision } from "../../domain/graph/node";
import { kindOf, type NodeId, type Slug } from "../../domain/ids";
import type { EdgeKind } from "../../domain/ontology/edge-kinds";
import type { NodeKind } from "../../domain/ontology/node-kinds";
import type { Pacer } from "../../domain/pacer";
import type { SqliteConnection } from "./connection";
import { closed, rowsOf, sql } from "./sql";

const [from, to] = [closed("from_id"), closed("to_id")];
const batchLength = 200;

/** What planning a commit reads, within the transaction that is open on the connection. */
export class TransactionState implements StateReader {
  constructor(
    private readonly connection: SqliteConnection,
    private readonly pacer: Pacer,
  ) {}

  async nodes(ids: readonly NodeId[]): Promise<ReadonlyMap<NodeId, Stored<NodeState>>> {
    await this.pacer.yieldToEventLoop();
    const rows = this.connection.rows<NodeStateRow>(
      sql`SELECT ${nodeColumns} FROM ${rowsOf(ids)} AS wanted CROSS JOIN node ON node.id = wanted.value ${withTexts}`,
    );
    return new Map(rows.map((row) => [row[0], storedNode(row)]));
  }

  async existing(ids: readonly NodeId[]): Promise<ReadonlySet<NodeId>> {
    await this.pacer.yieldToEventLoop();
    const rows = this.connection.rows<[NodeId]>(
      sql`SELECT node.id FROM ${rowsOf(ids)} AS wanted CROSS JOIN node ON node.id = wanted.value`,
    );
    return new Set(rows.map(([id]) => id));
  }

  async edges(keys: readonly EdgeKey[]): Promise<ReadonlyMap<string, Stored<EdgeState>>> {
    await this.pacer.yieldToEventLoop();
    const wanted = rowsOf(keys.map(({ edge, from, to }) => [edge, from, to]));
    const rows = this.connection.rows<EdgeStateRow>(
      sql`SELECT ${edgeColumns} FROM ${wanted} AS wanted CROSS JOIN edge
        ON edge.kind = wanted.value ->> 0 AND edge.from_id = wanted.value ->> 1 AND edge.to_id = wanted.value ->> 2`,
    );
    return new Map(rows.map(storedEdge).map((stored) => [edgeSubject(stored.state), stored]));
  }

  async adjacent(query: {
    readonly edge: EdgeKind;
    readonly end: "from" | "to";
    readonly of: readonly NodeId[];
    readonly limit: number;
  }): Promise<ReadonlyMap<NodeId, readonly EdgeState[]>> {
    const [end, other] = query.end === "from" ? [from, to] : [to, from];
    const found = new Map<NodeId, EdgeState[]>();
    for (let start = 0; start < query.of.length; start += batchLength) {
      await this.pacer.yieldToEventLoop();
      const rows = this.connection.rows<EdgeStateRow>(
        sql`SELECT ${edgeColumns} FROM ${rowsOf(query.of.slice(start, start + batchLength))} AS wanted CROSS JOIN edge
          ON edge.kind = ${query.edge} AND edge.${end} = wanted.value AND edge.${other} IN (
            SELECT ${other} FROM edge WHERE kind = ${query.edge} AND ${end} = wanted.value ORDER BY ${other} LIMIT ${query.limit})`,
      );
      for (const { state } of rows.map(storedEdge)) {
        const links = found.get(state[query.end]);
        if (links) links.push(state);
        else found.set(state[query.end], [state]);
      }
    }
    return found;
  }

  async slugOwners(kind: NodeKind, slugs: readonly Slug[]): Promise<ReadonlyMap<Slug, NodeId>> {
    await this.pacer.yieldToEventLoop();
    const rows = this.connection.rows<[Slug, NodeId]>(
      sql`SELECT slug.slug, slug.id FROM ${rowsOf(slugs)} AS wanted CROSS JOIN slug ON slug.kind = ${kind} AND slug.slug = wanted.value`,
    );
    return new Map(rows);
  }

  async slugs(kind: NodeKind, limit: number): Promise<readonly Slug[]> {
    await this.pacer.yieldToEventLoop();
    return this.connection
      .rows<[Slug]>(
        sql`SELECT slug.slug FROM slug CROSS JOIN node ON node.id = slug.id AND node.slug = slug.slug
          WHERE slug.kind = ${kind} ORDER BY slug.slug LIMIT ${limit}`,
      )
      .map(([slug]) => slug);
  }
}

interface Stored<S> {
  readonly state: S;
  readonly revision: Revision;
}

export const nodeColumns = closed(
  "node.id, node.slug, node.former, node.fields, ifnull(node_texts.texts, '{}') AS texts, node.revision",
);

/** To be joined to `node` for its columns. */
export const withTexts = closed("LEFT JOIN node_texts ON node_texts.id = node.id");
type NodeStateRow = readonly [
  id: NodeId,
  slug: Slug,
  former: string | null,
  fields: string,
  texts: string,
  revision: Revision,
];

const storedNode = ([id, slug, former, fields, texts, revision]: NodeStateRow): Stored<NodeState> => ({
  state: nodeState(id, slug, parsed(former), parsed(fields), parsed(texts)),
  revision,
});

export const edgeColumns = closed("edge.kind, edge.from_id, edge.to_id, edge.position, edge.properties, edge.revision");
type EdgeStateRow = readonly [
  kind: EdgeKind,
  from: NodeId,
  to: NodeId,
  position: number | null,
  properties: string,
  revision: Revision,
];

const storedEdge = ([edge, from, to, position, properties, revision]: EdgeStateRow): Stored<EdgeState> => ({
  state: edgeState(edge, from, to, position, parsed(properties)),
  revision,
});

/** Of values that were parsed, which are frozen. */
export const nodeState = (
  id: NodeId,
  slug: Slug,
  formerSlugs: readonly Slug[] | null,
  fields: NodeState["fields"],
  texts: NodeState["texts"],
): NodeState => deepFreeze({ id, kind: kindOf(id), slug, formerSlugs: formerSlugs ?? [], fields, texts });

/** Of values that were parsed, which are frozen. Written out twice, without a spread: there can be millions. */
export const edgeState = (
  edge: EdgeKind,
  from: NodeId,
  to: NodeId,
  order: number | null,
  properties: EdgeState["properties"],
): EdgeState => deepFreeze(order === null ? { edge, from, to, properties } : { edge, from, to, order, properties });

const parsed = <T>(json: string | null): T => JSON.parse(json ?? "null") as T;
