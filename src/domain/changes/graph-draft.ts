import type { Finding } from "../errors";
import { type EdgeKey, edgeSubject, type Revision } from "../graph/node";
import type { NodeId, Slug } from "../ids";
import { type EdgeKind, edgeKindNames } from "../ontology/edge-kinds";
import type { NodeKind } from "../ontology/node-kinds";
import type { AppliedChange, EdgeState, NodeState } from "./change-set";
import { canonicalJson } from "./hash";
import type { StateReader } from "./state-reader";

interface Item<S> {
  readonly before: S | null;
  after: S | null;
  readonly revision: Revision | null;
}

type EdgeItem = Item<EdgeState> & { readonly key: EdgeKey };
type End = "from" | "to";
type NodeChange = Extract<AppliedChange, { readonly node: NodeId }>;
type EdgeChange = Extract<AppliedChange, { readonly edge: EdgeKind }>;

/** The graph as it will be: the state of the store, overlaid with the changes made so far. */
export class GraphDraft {
  private readonly nodeItems = new Map<NodeId, Item<NodeState>>();
  private readonly present = new Set<NodeId>();
  private readonly edgeItems = new Map<string, EdgeItem>();
  private readonly slugsByKind = new Map<NodeKind, readonly Slug[]>();
  /** The differences so far; null if they must be computed again. */
  private changed: { readonly nodes: readonly NodeChange[]; readonly edges: readonly EdgeChange[] } | null = null;
  private readonly touched = new Set<NodeId>();
  private latestEdge: EdgeItem | undefined;
  private readonly edgesOfKind = new Map<EdgeKind, EdgeItem[]>();
  /** The loaded edges by the node at one end, for each kind and end that has been asked for. */
  private readonly loadedAt = new Map<`${EdgeKind} ${End}`, Map<NodeId, EdgeItem[]>>();

  constructor(
    readonly reader: StateReader,
    /** Nodes whose own changes are at fault. If such a node does not exist, links to it are not reported. */
    readonly atFault: Set<string>,
  ) {}

  async loadNodes(ids: Iterable<NodeId>): Promise<void> {
    const missing = new Set<NodeId>();
    for (const id of ids) if (!this.nodeItems.has(id)) missing.add(id);
    if (missing.size === 0) return;
    const found = await this.reader.nodes([...missing]);
    for (const id of missing) {
      const item = found.get(id);
      this.nodeItems.set(id, {
        before: item?.state ?? null,
        after: item?.state ?? null,
        revision: item?.revision ?? null,
      });
    }
  }

  /** Learns only which of the nodes exist: cheaper than `loadNodes`. */
  async loadPresence(ids: Iterable<NodeId>): Promise<void> {
    const missing = new Set<NodeId>();
    for (const id of ids) if (!this.nodeItems.has(id) && !this.present.has(id)) missing.add(id);
    if (missing.size === 0) return;
    const found = await this.reader.existing([...missing]);
    for (const id of missing) {
      if (found.has(id)) this.present.add(id);
      else this.nodeItems.set(id, { before: null, after: null, revision: null });
    }
  }

  /** Tells if a node will exist. The node or its presence must have been loaded. */
  has(id: NodeId): boolean {
    const item = this.nodeItems.get(id);
    return item ? item.after !== null : this.present.has(id);
  }

  async loadEdges(keys: Iterable<EdgeKey>): Promise<void> {
    const missing = new Map<string, EdgeKey>();
    for (const key of keys) {
      const subject = edgeSubject(key);
      if (!this.edgeItems.has(subject)) missing.set(subject, key);
    }
    const stored = [...missing.values()].filter(({ from, to }) => !this.isNew(from) && !this.isNew(to));
    const found = stored.length === 0 ? new Map<string, never>() : await this.reader.edges(stored);
    for (const [subject, key] of missing) {
      const item = found.get(subject);
      this.rememberEdge(subject, key, item?.state ?? null, item?.revision ?? null);
    }
  }

  /** A loaded node as it will be. Null if it will not exist or is not loaded. */
  node(id: NodeId): NodeState | null {
    return this.nodeItems.get(id)?.after ?? null;
  }

  nodeRevision(id: NodeId): Revision | null {
    return this.nodeItems.get(id)?.revision ?? null;
  }

  /** Loads nodes and returns those that will exist. */
  async nodes(ids: Iterable<NodeId>): Promise<Map<NodeId, NodeState>> {
    const wanted = [...ids];
    await this.loadNodes(wanted);
    const found = new Map<NodeId, NodeState>();
    for (const id of wanted) {
      const node = this.node(id);
      if (node) found.set(id, node);
    }
    return found;
  }

  edge(key: EdgeKey): EdgeState | null {
    return this.edgeItem(key)?.after ?? null;
  }

  edgeRevision(key: EdgeKey): Revision | null {
    return this.edgeItem(key)?.revision ?? null;
  }

  setNode(id: NodeId, after: NodeState | null): void {
    const item = this.nodeItems.get(id);
    this.nodeItems.set(id, { before: item?.before ?? null, after, revision: item?.revision ?? null });
    this.touched.add(id);
    this.changed = null;
  }

  /** Changes or, with null, removes an edge. Throws an Error unless the edge was loaded by `loadEdges`. */
  setEdge(key: EdgeKey, after: EdgeState | null): void {
    const item = this.edgeItem(key);
    if (!item) throw new Error(`Edge ${edgeSubject(key)} must be loaded before it is changed.`);
    item.after = after;
    this.changed = null;
  }

  /**
   * The edges of a kind at one end of each id, as they will be; an empty list for an id without any. Reads from the
   * store at most about `limit` edges for each id.
   */
  async adjacent(edge: EdgeKind, end: End, of: Iterable<NodeId>, limit = 1_000_000): Promise<Map<NodeId, EdgeState[]>> {
    const adjacent = new Map<NodeId, EdgeState[]>();
    for (const id of of) adjacent.set(id, []);
    const loaded = this.loaded(edge, end);
    const stored = [...adjacent.keys()].filter((id) => !this.isNew(id));
    if (stored.length > 0) {
      const gone = ({ before, after }: EdgeItem) => before !== null && after === null;
      const removed = stored.reduce((max, id) => Math.max(max, loaded.get(id)?.filter(gone).length ?? 0), 0);
      const found = await this.reader.adjacent({ edge, end, of: stored, limit: limit + removed });
      for (const [id, states] of found)
        adjacent.set(
          id,
          states.filter((state) => !this.edgeItems.has(edgeSubject(state))),
        );
    }
    for (const [id, states] of adjacent) for (const { after } of loaded.get(id) ?? []) if (after) states.push(after);
    return adjacent;
  }

  /** Current slugs of the kind in the store, at most 50,000, for suggesting near names. */
  async slugs(kind: NodeKind): Promise<readonly Slug[]> {
    const known = this.slugsByKind.get(kind) ?? (await this.reader.slugs(kind, 50_000));
    this.slugsByKind.set(kind, known);
    return known;
  }

  /** The nodes that changes put or renamed, also those that end up unchanged. */
  touchedNodes(): NodeState[] {
    return [...this.touched].flatMap((id) => this.node(id) ?? []);
  }

  /** The ids of nodes that changes removed, sorted; also of nodes that earlier changes had created. */
  removedNodes(): NodeId[] {
    return [...this.touched].filter((id) => !this.node(id)).sort();
  }

  /** The nodes that differ from the store, by id. */
  changedNodes(): readonly NodeChange[] {
    return this.differences().nodes;
  }

  /** The edges that differ from the store, by kind in the ontology's order, from, to. */
  changedEdges(): readonly EdgeChange[] {
    return this.differences().edges;
  }

  changes(): AppliedChange[] {
    return [...this.changedNodes(), ...this.changedEdges()];
  }

  /** Tells if the store is known not to hold the node, and therefore no edge of it either. */
  private isNew(id: NodeId): boolean {
    return this.nodeItems.get(id)?.before === null;
  }

  private differences() {
    return (this.changed ??= {
      nodes: [...this.nodeItems]
        .filter(([, item]) => !sameState(item.before, item.after))
        .sort(([a], [b]) => compareIds(a, b))
        .map(([node, { before, after }]) => ({ node, before, after })),
      edges: [...this.edgeItems.values()]
        .filter((item) => !sameState(item.before, item.after))
        .map(({ key, before, after }) => ({ edge: key.edge, from: key.from, to: key.to, before, after }))
        .sort((a, b) => edgeRank(a.edge) - edgeRank(b.edge) || compareIds(a.from, b.from) || compareIds(a.to, b.to)),
    });
  }

  /**
   * The loaded edge. The latest one is remembered: an edge is mostly looked at just before it is changed, and building
   * its subject again is saved.
   */
  private edgeItem(key: EdgeKey): EdgeItem | undefined {
    const { edge, from, to } = this.latestEdge?.key ?? {};
    if (edge !== key.edge || from !== key.from || to !== key.to) this.latestEdge = this.edgeItems.get(edgeSubject(key));
    return this.latestEdge;
  }

  private rememberEdge(subject: string, key: EdgeKey, state: EdgeState | null, revision: Revision | null): void {
    const item: EdgeItem = { key, before: state, after: state, revision };
    this.edgeItems.set(subject, item);
    append(this.edgesOfKind, key.edge, item);
    for (const end of ["from", "to"] as const) {
      const byNode = this.loadedAt.get(`${key.edge} ${end}`);
      if (byNode) append(byNode, key[end], item);
    }
  }

  private loaded(edge: EdgeKind, end: End): ReadonlyMap<NodeId, readonly EdgeItem[]> {
    let byNode = this.loadedAt.get(`${edge} ${end}`);
    if (!byNode) {
      this.loadedAt.set(`${edge} ${end}`, (byNode = new Map<NodeId, EdgeItem[]>()));
      for (const item of this.edgesOfKind.get(edge) ?? []) append(byNode, item.key[end], item);
    }
    return byNode;
  }
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

/** Compares by code point, which code units suffice for, since ids are ASCII. */
const compareIds = (a: NodeId, b: NodeId): number => (a < b ? -1 : a > b ? 1 : 0);

const ranks = new Map(edgeKindNames.map((name, rank) => [name, rank]));
const edgeRank = (edge: EdgeKind): number => ranks.get(edge) as number;

const sameState = (a: NodeState | EdgeState | null, b: NodeState | EdgeState | null): boolean =>
  a === b || (a !== null && b !== null && canonicalJson(a) === canonicalJson(b));

/** A rule that every revision of the bank obeys. It checks what the draft changes and reports every breach. */
export type Invariant = (draft: GraphDraft) => Promise<readonly Finding[]>;
