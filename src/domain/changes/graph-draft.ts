import { compareText } from "../graph/order";
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
type End = "from" | "to";
type NodeChange = Extract<AppliedChange, { readonly node: NodeId }>;
type EdgeChange = Extract<AppliedChange, { readonly edge: EdgeKind }>;

/** The graph as it will be: what the store holds, overlaid with the changes made so far. */
export class GraphDraft {
  private readonly nodeItems = new Map<NodeId, Item<NodeState>>();
  private readonly edgeItems = new Map<string, Item<EdgeState> & { readonly key: EdgeKey }>();
  private readonly slugsByKind = new Map<NodeKind, readonly Slug[]>();
  /** What has changed so far; null when that is to be worked out anew. */
  private changed: { readonly nodes: readonly NodeChange[]; readonly edges: readonly EdgeChange[] } | null = null;
  private readonly touched = new Set<NodeId>();
  /** Subjects of the loaded edges at each end of each kind. */
  private readonly loadedAt = new Map<string, Set<string>>();

  constructor(
    readonly reader: StateReader,
    /** Nodes whose own changes are at fault: if they do not exist, that is no fault of what links to them. */
    readonly atFault: Set<string>,
  ) {}

  async loadNodes(ids: Iterable<NodeId>): Promise<void> {
    const missing = [...new Set(ids)].filter((id) => !this.nodeItems.has(id));
    if (missing.length === 0) return;
    const found = await this.reader.nodes(missing);
    for (const id of missing) {
      const item = found.get(id);
      this.nodeItems.set(id, {
        before: item?.state ?? null,
        after: item?.state ?? null,
        revision: item?.revision ?? null,
      });
    }
  }

  async loadEdges(keys: Iterable<EdgeKey>): Promise<void> {
    const missing = [...keys].filter((key) => !this.edgeItems.has(edgeSubject(key)));
    const stored = missing.filter(({ from, to }) => !this.isNew(from) && !this.isNew(to));
    const found = stored.length === 0 ? new Map<string, never>() : await this.reader.edges(stored);
    for (const key of missing) {
      const item = found.get(edgeSubject(key));
      this.rememberEdge(key, item?.state ?? null, item?.revision ?? null);
    }
  }

  /** A loaded node as it will be, or null. */
  node(id: NodeId): NodeState | null {
    return this.nodeItems.get(id)?.after ?? null;
  }

  nodeRevision(id: NodeId): Revision | null {
    return this.nodeItems.get(id)?.revision ?? null;
  }

  /** Loads nodes and gives those that will be. */
  async nodes(ids: Iterable<NodeId>): Promise<Map<NodeId, NodeState>> {
    const wanted = [...ids];
    await this.loadNodes(wanted);
    return new Map(wanted.flatMap((id) => (this.node(id) ? [[id, this.node(id) as NodeState]] : [])));
  }

  edge(key: EdgeKey): EdgeState | null {
    return this.edgeItems.get(edgeSubject(key))?.after ?? null;
  }

  edgeRevision(key: EdgeKey): Revision | null {
    return this.edgeItems.get(edgeSubject(key))?.revision ?? null;
  }

  setNode(id: NodeId, after: NodeState | null): void {
    const item = this.nodeItems.get(id);
    this.nodeItems.set(id, { before: item?.before ?? null, after, revision: item?.revision ?? null });
    this.touched.add(id);
    this.changed = null;
  }

  /** The edge must have been loaded, by `loadEdges` or `adjacent`. */
  setEdge(key: EdgeKey, after: EdgeState | null): void {
    const item = this.edgeItems.get(edgeSubject(key));
    if (!item) throw new Error(`Edge ${edgeSubject(key)} must be loaded before it is changed.`);
    item.after = after;
    this.changed = null;
  }

  /** Edges of a kind at one end of each id as they will be; at most about `limit` of those that the store holds. */
  async adjacent(edge: EdgeKind, end: End, of: Iterable<NodeId>, limit = 1_000_000): Promise<Map<NodeId, EdgeState[]>> {
    const ids = [...new Set(of)];
    const touched = (id: NodeId) => this.loadedAt.get(`${edge} ${end} ${id}`) ?? noSubjects;
    const isRemoved = (subject: string) => this.edgeItems.get(subject)?.after === null;
    const removed = ids.reduce((most, id) => Math.max(most, [...touched(id)].filter(isRemoved).length), 0);
    const stored = ids.filter((id) => !this.isNew(id));
    const found =
      stored.length === 0
        ? new Map<NodeId, readonly EdgeState[]>()
        : await this.reader.adjacent({ edge, end, of: stored, limit: limit + removed });
    return new Map(
      ids.map((id) => {
        const stored = (found.get(id) ?? []).filter((state) => !this.edgeItems.has(edgeSubject(state)));
        const own = [...touched(id)].flatMap((subject) => this.edgeItems.get(subject)?.after ?? []);
        return [id, [...stored, ...own]];
      }),
    );
  }

  /** Current slugs that a mistyped one may have meant. */
  async slugs(kind: NodeKind): Promise<readonly Slug[]> {
    const known = this.slugsByKind.get(kind) ?? (await this.reader.slugs(kind, 50_000));
    this.slugsByKind.set(kind, known);
    return known;
  }

  /** Nodes that changes put, renamed or created, even where nothing differs. */
  touchedNodes(): NodeState[] {
    return [...this.touched].flatMap((id) => this.node(id) ?? []);
  }

  /** Nodes that changes removed, by id, even those that other changes had made before. */
  removedNodes(): NodeId[] {
    return [...this.touched].filter((id) => !this.node(id)).sort();
  }

  /** Nodes that differ from the store, by id. */
  changedNodes(): readonly NodeChange[] {
    return this.differences().nodes;
  }

  /** Edges that differ from the store, by kind in the ontology's order, from, to. */
  changedEdges(): readonly EdgeChange[] {
    return this.differences().edges;
  }

  changes(): AppliedChange[] {
    return [...this.changedNodes(), ...this.changedEdges()];
  }

  /** Whether the store is known not to hold the node, and so no edge of it. */
  private isNew(id: NodeId): boolean {
    return this.nodeItems.get(id)?.before === null;
  }

  private differences() {
    return (this.changed ??= {
      nodes: [...this.nodeItems]
        .filter(([, item]) => !sameState(item.before, item.after))
        .sort(([a], [b]) => compareText(a, b))
        .map(([node, { before, after }]) => ({ node, before, after })),
      edges: [...this.edgeItems.values()]
        .filter((item) => !sameState(item.before, item.after))
        .map(({ key, before, after }) => ({ edge: key.edge, from: key.from, to: key.to, before, after }))
        .sort((a, b) => edgeRank(a.edge) - edgeRank(b.edge) || compareText(a.from, b.from) || compareText(a.to, b.to)),
    });
  }

  private rememberEdge(key: EdgeKey, state: EdgeState | null, revision: Revision | null): void {
    const subject = edgeSubject(key);
    this.edgeItems.set(subject, { key, before: state, after: state, revision });
    for (const end of ["from", "to"] as const) {
      const place = `${key.edge} ${end} ${key[end]}`;
      const subjects = this.loadedAt.get(place) ?? new Set<string>();
      this.loadedAt.set(place, subjects.add(subject));
    }
  }
}

const noSubjects: ReadonlySet<string> = new Set();

const ranks = new Map(edgeKindNames.map((name, rank) => [name, rank]));
const edgeRank = (edge: EdgeKind): number => ranks.get(edge) as number;

const sameState = (a: NodeState | EdgeState | null, b: NodeState | EdgeState | null): boolean =>
  a === b || (a !== null && b !== null && canonicalJson(a) === canonicalJson(b));
