import { ByteCache, type CacheUsage, textBytes } from "../../domain/byte-cache";
import type { AppliedChange, HeadId, NodeState } from "../../domain/changes/change-set";
import { edgesAt } from "../../domain/changes/view-state";
import type { Adjacent, GraphView, QueryableView, Sequence } from "../../domain/graph/graph-view";
import type { GraphNode, Revision } from "../../domain/graph/node";
import { byId, type Order, positionOfNode } from "../../domain/graph/order";
import type { Facet, LinkPage, ListQuery, NodePage } from "../../domain/graph/port";
import { kindOf, type NodeId, type Slug } from "../../domain/ids";
import type { EdgeKind } from "../../domain/ontology/edge-kinds";
import type { NodeKind } from "../../domain/ontology/node-kinds";
import type { EdgeRelation, RelationName } from "../../domain/ontology/relations";
import { compareAdjacent, type NodeLinks, placeOf, type StoredLink, type StoredView, viewsOf } from "./adjacency";
import { facets, list, total } from "./lists";
import { count, page } from "./neighbours";
import { edited, editedIndex, inDirection, type ListEdit, orderIndex, type OrderIndex } from "./order-index";
import { Slots, VersionedColumn, VersionedMap } from "./versioned-map";

/** Bytes that a revision's answers may take: lists, counts and facets under a filter, and what is remembered of single nodes. */
export const viewAnswerBytes = 8_000_000;
type Filtered = number | readonly Facet[] | NodePage;

/** What a revision holds, by the slots of ids. */
interface Columns {
  readonly slots: Slots<NodeId>;
  readonly nodes: VersionedColumn<GraphNode>;
  readonly links: VersionedColumn<NodeLinks>;
  /** Where they are not to be read off the id of a node that is there: after a rename, or a removal. */
  readonly slugs: VersionedMap<string, NodeId>;
}

type KindIndexes = ReadonlyMap<string, OrderIndex<GraphNode>>;
type GrowingEdit<T> = { readonly [K in keyof ListEdit<T>]: T[] };

/**
 * One revision of the graph, light fields only, read synchronously. It never changes: `apply` gives the next revision,
 * which shares with this one whatever the changes do not touch.
 */
export class ReadModel implements QueryableView, StoredView {
  static readonly empty = ReadModel.of(
    { revision: 0, hash: "" },
    { slots: new Slots(), nodes: new VersionedColumn(), links: new VersionedColumn(), slugs: new VersionedMap() },
    new Map(),
  );

  /** Kind → what it is ordered by → index. Indexes are made when first asked for, and kept up by `apply` from then on. */
  private readonly indexes: Map<NodeKind, Map<string, OrderIndex<GraphNode>>>;
  private readonly remembered = new Map<string, unknown>();
  /** By what was asked: many clients ask under the same filters, and each answer looks at many nodes. */
  private readonly answers = new ByteCache<string, unknown>("viewAnswers", viewAnswerBytes);

  private constructor(
    readonly revision: Revision,
    readonly hash: string,
    private readonly columns: Columns,
    indexes: ReadonlyMap<NodeKind, KindIndexes>,
  ) {
    this.indexes = new Map([...indexes].map(([kind, ofKind]) => [kind, new Map(ofKind)]));
  }

  node(id: NodeId): GraphNode | undefined {
    const slot = this.columns.slots.of(id);
    return slot === undefined ? undefined : this.columns.nodes.at(slot);
  }

  /** The other end of a link of this revision. */
  end({ slot }: StoredLink): GraphNode {
    return this.columns.nodes.at(slot) as GraphNode;
  }

  /** The links of a node by an edge relation, in the relation's default order. */
  links(id: NodeId, relation: RelationName): readonly StoredLink[] {
    const slot = this.columns.slots.of(id);
    return (slot === undefined ? undefined : this.columns.links.at(slot)?.[placeOf(relation)]) ?? noLinks;
  }

  /** The edges of a kind that have the node at the given end, in no particular order. */
  edges(id: NodeId, edge: EdgeKind, end: "from" | "to"): readonly Adjacent[] {
    return edgesAt(this, id, edge, end);
  }

  /** Whose slug this is or once was; the node may have been removed. */
  slugOwner(kind: NodeKind, slug: Slug): NodeId | undefined {
    const key = slugKey(kind, slug);
    const node = this.node(key as NodeId);
    if (node && (node.slug === slug || node.formerSlugs?.includes(slug))) return node.id;
    return this.columns.slugs.get(key);
  }

  nodesInOrder(kind: NodeKind, order: Order): Sequence<GraphNode> {
    const ofKind = this.indexes.get(kind);
    let index = ofKind?.get(order.by);
    if (!index) {
      index = orderIndex(ofKind?.get("id")?.absent ?? [], (node) => positionOfNode(node, order));
      ofKind?.set(order.by, index);
    }
    return inDirection(index, order.direction);
  }

  page(query: Parameters<QueryableView["page"]>[0], of: NodeId): LinkPage {
    return page(this, query, of);
  }

  count(query: Parameters<QueryableView["count"]>[0], of: NodeId): number {
    return count(this, query, of);
  }

  list(query: ListQuery): NodePage {
    const { kind, where, order, first, after, last, before } = query;
    if (!where) return list(this, query);
    return this.lately([kind, where, order, first, after, last, before], () => list(this, query));
  }

  total({ kind, where }: Parameters<QueryableView["total"]>[0]): number {
    return this.lately([kind, where], () => total(this, { kind, ...(where && { where }) }));
  }

  facets(query: Parameters<QueryableView["facets"]>[0]): readonly Facet[] {
    const { kind, where, by } = query;
    return this.lately([kind, where, by], () => facets(this, query));
  }

  private lately<T extends Filtered>(asked: unknown, find: () => T): T {
    const key = JSON.stringify(asked);
    const known = this.answers.get(key) as T | undefined;
    if (known !== undefined) return known;
    const found = find();
    this.answers.set(key, found, textBytes(key) + bytesOf(found));
    return found;
  }

  remember<T>(key: string, make: (view: GraphView) => T, bytesOf?: (made: T) => number): T {
    if (bytesOf) {
      const known = this.answers.get(key) as T | undefined;
      if (known !== undefined) return known;
      const made = make(this);
      this.answers.set(key, made, textBytes(key) + bytesOf(made));
      return made;
    }
    if (!this.remembered.has(key)) this.remembered.set(key, make(this));
    return this.remembered.get(key) as T;
  }

  /** What the answers take that are kept of this revision. */
  get answerUsage(): CacheUsage {
    return this.answers;
  }

  /** Of all nodes and edges at a revision; see `ModelBuilder`. */
  static of(
    { revision, hash }: HeadId,
    columns: Columns,
    byKind: ReadonlyMap<NodeKind, readonly GraphNode[]>,
  ): ReadModel {
    const ids = (ofKind: readonly GraphNode[]) => orderIndex(ofKind, (node) => positionOfNode(node, byId));
    const indexes = new Map([...byKind].map(([kind, ofKind]) => [kind, new Map([["id", ids(ofKind)]])]));
    return new ReadModel(revision, hash, columns, indexes);
  }

  /**
   * The next revision, or what the changes make of this one as another. The changes must be planned against this one; they
   * are kept, so they must not change any more. Changes that take names back, which no commit does, unlearn them. By default
   * no entry of the log is known to have made it.
   */
  apply(
    changes: readonly AppliedChange[],
    { revision, hash }: HeadId = { revision: this.revision + 1, hash: "" },
  ): ReadModel {
    const nodes = new Map<NodeId, GraphNode | null>();
    const links = new Map<NodeId, Map<EdgeRelation, GrowingEdit<StoredLink>>>();
    const slugs: [string, NodeId | undefined][] = [];
    const { columns } = this;
    for (const change of changes) {
      if ("node" in change) {
        const { node, before, after } = change;
        nodes.set(node, after && graphNode(after, revision));
        if (before && after)
          for (const slug of [...before.formerSlugs, before.slug]) slugs.push([slugKey(before.kind, slug), undefined]);
        const last = after ?? before;
        if (last) for (const slug of [...last.formerSlugs, last.slug]) slugs.push([slugKey(last.kind, slug), node]);
      } else {
        if (change.before)
          for (const view of viewsOf(change.before, revision, columns.slots))
            editOf(links, view).removed.push(view.link);
        if (change.after)
          for (const view of viewsOf(change.after, revision, columns.slots)) editOf(links, view).added.push(view.link);
      }
    }
    const nodesAfter: [number, GraphNode | undefined][] = [];
    const linksAfter: [number, NodeLinks | undefined][] = [];
    for (const id of new Set([...nodes.keys(), ...links.keys()])) {
      const slot = columns.slots.give(id);
      const before = columns.nodes.at(slot);
      const after = nodes.has(id) ? (nodes.get(id) ?? undefined) : before;
      if (!after && !before) throw new Error("The change does not fit this revision.");
      if (after !== before) nodesAfter.push([slot, after]);
      linksAfter.push([slot, after && editedLinks(columns.links.at(slot), links.get(id))]);
    }
    return new ReadModel(
      revision,
      hash,
      {
        slots: columns.slots,
        nodes: columns.nodes.with(nodesAfter),
        links: columns.links.with(linksAfter),
        slugs: columns.slugs.with(slugs),
      },
      this.indexesWith(nodes),
    );
  }

  private indexesWith(nodes: ReadonlyMap<NodeId, GraphNode | null>): ReadonlyMap<NodeKind, KindIndexes> {
    const edits = new Map<NodeKind, GrowingEdit<GraphNode>>();
    for (const [id, after] of nodes) {
      const edit = edits.get(kindOf(id)) ?? { removed: [], added: [] };
      edits.set(kindOf(id), edit);
      const before = this.node(id);
      if (before) edit.removed.push(before);
      if (after) edit.added.push(after);
    }
    const indexes = new Map<NodeKind, KindIndexes>(this.indexes);
    for (const [kind, edit] of edits) {
      const ofKind: KindIndexes = this.indexes.get(kind) ?? new Map([["id", { present: [], absent: [] }]]);
      indexes.set(
        kind,
        new Map(
          [...ofKind].map(([by, index]) => [
            by,
            editedIndex(index, edit, (node) => positionOfNode(node, { by, direction: "ASC" })),
          ]),
        ),
      );
    }
    return indexes;
  }
}

/** The nodes of a page are the model's own. */
function bytesOf(found: Filtered): number {
  if (typeof found === "number") return 16;
  return "nodes" in found ? 100 + 8 * found.nodes.length : 40 + bytesOfFacet * found.length;
}

const bytesOfFacet = 48;

export const slugKey = (kind: NodeKind, slug: Slug): string => `${kind}:${slug}`;

function editOf(
  links: Map<NodeId, Map<EdgeRelation, GrowingEdit<StoredLink>>>,
  { owner, relation }: { readonly owner: NodeId; readonly relation: EdgeRelation },
): GrowingEdit<StoredLink> {
  const ofOwner = links.get(owner) ?? new Map<EdgeRelation, GrowingEdit<StoredLink>>();
  links.set(owner, ofOwner);
  const edit = ofOwner.get(relation) ?? { removed: [], added: [] };
  ofOwner.set(relation, edit);
  return edit;
}

function editedLinks(
  before: NodeLinks = [],
  edits: ReadonlyMap<EdgeRelation, ListEdit<StoredLink>> = new Map(),
): NodeLinks {
  if (edits.size === 0) return before;
  const links = [...before];
  for (const [relation, edit] of edits) {
    const place = placeOf(relation.name);
    while (links.length <= place) links.push(undefined);
    links[place] = edited(links[place] ?? noLinks, edit, compareAdjacent(relation));
  }
  return links;
}

const noLinks: readonly StoredLink[] = Object.freeze([]);

/** The node that readers see: identity and light fields side by side. */
export function graphNode(state: NodeState, revision: Revision): GraphNode {
  const { id, kind, slug, formerSlugs, fields } = state;
  const former = formerSlugs.length > 0 ? { formerSlugs } : {};
  return Object.freeze({ id, kind, slug, ...former, changedIn: revision, ...fields }) as unknown as GraphNode;
}
