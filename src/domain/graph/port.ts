import type { Adoption } from "../changes/as-logged";
import type { Actor, ChangeSet, CommitHead, EdgeState, HeadId, NodeState, PlannedChanges } from "../changes/change-set";
import type { History, HistoryPage, LogPart, PartsQuery } from "../changes/log-part";
import type { StateReader } from "../changes/state-reader";
import type { NodeId, Slug } from "../ids";
import type { EdgeKind } from "../ontology/edge-kinds";
import type { LongTexts, NodeKind } from "../ontology/node-kinds";
import type { RelationName } from "../ontology/relations";
import type { GraphNode, Link, Revision } from "./node";
import type { Order, Position } from "./order";
import type { Where } from "./where";

/** A stretch of links in order, with whether more follow. */
export interface LinkPage {
  readonly links: readonly Link[];
  readonly hasNext: boolean;
}

/** A stretch of a root list in the list's order, whichever way it was asked for. */
export interface NodePage {
  readonly nodes: readonly GraphNode[];
  readonly hasNext: boolean;
  readonly hasPrevious: boolean;
}

export interface NeighboursQuery {
  readonly relation: RelationName;
  /** Ids of the relation's owner kind; others are absent from the result. */
  readonly of: readonly NodeId[];
  /** On the neighbours; only for relations that lead to one kind. */
  readonly where?: Where;
  /** Default: by position for ordered relations, else by id. */
  readonly order?: Order;
  /** How many links for each parent, at least 1. */
  readonly first: number;
  readonly after?: Position;
}

export interface ListQuery {
  readonly kind: NodeKind;
  readonly where?: Where;
  /** Default: by id. */
  readonly order?: Order;
  /** How many nodes from the start, or after `after`. Exactly one of `first` and `last` is given; at least 1. */
  readonly first?: number;
  readonly after?: Position;
  /** How many nodes from the end, or before `before`. */
  readonly last?: number;
  readonly before?: Position;
}

/** A value of an enum field, or the id of a linked node, with the number of nodes that have it. */
export interface Facet {
  readonly value: string;
  readonly count: number;
}

/**
 * Reads the graph. Every method takes a batch and makes one round trip to the store. Maps hold no entry for what does not
 * exist. What comes back is frozen. Each call sees the graph at one revision or later, never before `after`.
 * Throws STORE_UNAVAILABLE, DEADLINE_EXCEEDED or ABORTED.
 */
export interface GraphReader {
  nodes(ids: readonly NodeId[]): Promise<ReadonlyMap<NodeId, GraphNode>>;
  texts(ids: readonly NodeId[]): Promise<ReadonlyMap<NodeId, LongTexts<NodeKind>>>;
  /** By current and former slugs, of nodes that exist. */
  idsBySlug(kind: NodeKind, slugs: readonly Slug[]): Promise<ReadonlyMap<Slug, NodeId>>;
  /** One page a parent, all in one statement. An existing parent without links has an empty page. */
  neighbours(query: NeighboursQuery): Promise<ReadonlyMap<NodeId, LinkPage>>;
  counts(query: Pick<NeighboursQuery, "relation" | "of" | "where">): Promise<ReadonlyMap<NodeId, number>>;
  list(query: ListQuery): Promise<NodePage>;
  count(query: Pick<ListQuery, "kind" | "where">): Promise<number>;
  /** By an indexed enum field of the kind or one of its edge relations; the highest count first, ties by value. No zeroes. */
  facets(query: { readonly kind: NodeKind; readonly where?: Where; readonly by: string }): Promise<readonly Facet[]>;
  revision(): Promise<Revision>;
  /**
   * The whole graph at one revision: the nodes by id, then the edges by kind (in the ontology's order), from, to. In pages
   * that hold either nodes or edges, none empty: there can be millions, and waiting for each takes about a microsecond.
   */
  scan(options?: ScanOptions): AsyncIterable<readonly ScanItem[]>;
}

export interface ScanOptions {
  /** Leaves out the nodes' long texts, which are most of the bytes. */
  readonly light?: boolean;
}

export type ScanItem =
  { readonly node: NodeState; readonly revision: Revision } | { readonly edge: EdgeState; readonly revision: Revision };

/** Tells who last changed what, see `GraphStore.lastChanges`. */
export type LastChanges = Pick<GraphStore, "lastChanges">;

/**
 * Makes a change set of what is there at the moment of its commit, and of how it came to be: both are read within the
 * commit, so that nothing can be changed between the look and the write. It is called anew where the store has to begin
 * again, so it has no effects. What it throws ends the commit. What it has planned itself is not planned again.
 */
export type Compose = (reader: StateReader, log: LastChanges) => Promise<ChangeSet | PlannedChanges>;

export interface CommitOptions {
  /** Unique per actor; the same key with the same input answers with the first result and applies nothing. Kept 7 days. */
  readonly idempotencyKey: string;
  /** Tells inputs apart. Default: the hash of the change set; one that is composed has none. */
  readonly inputHash?: string;
  readonly actor: Actor;
  /**
   * Inline links to nodes that do not exist are left out instead of refused: for runs of commits (imports) in which the
   * target comes in a later commit. The run puts such nodes again, with an empty patch, when the targets are there.
   */
  readonly skipDanglingMentions?: boolean;
  /**
   * The draft that this commit is made of, at the version at which it was read. With the commit, or not at all, it becomes
   * PUBLISHED, `publishedAs` the result's revision, one version on. CONFLICT if it is at another version.
   */
  readonly publishes?: { readonly draft: string; readonly version: number };
  /**
   * Items that other programs have changed: the commit is planned from what the log says of them, and the store is brought
   * to what the commit says of them. CONFLICT if the head is not at the revision.
   */
  readonly adopts?: Adoption;
}

/** An item as it lies in the store, whoever put it there. */
export type Inspected =
  | (ScanItem & {
      /** What the store keeps besides to read the item fast says the same. */
      readonly isSound: boolean;
    })
  | {
      /** Something that is not stored as this program would; the name is the store's own. */
      readonly stray: string;
      /** The item that it stands for, where that can be told. */
      readonly item: NodeState | EdgeState | null;
      readonly about: string;
    };

export interface CommitResult {
  /** The revision that the commit made; the current one if there was nothing to change. */
  readonly revision: Revision;
  /** How many items changed. */
  readonly changes: number;
  /** The key had been used before; this is the first result. */
  readonly replayed: boolean;
}

/** Which entries of the log. Exactly one of `first` and `last` is given; at least 1. */
export interface LogQuery {
  /** Beyond this revision. */
  readonly after?: Revision;
  /** Short of this revision. */
  readonly before?: Revision;
  /** How many of the oldest. */
  readonly first?: number;
  /** How many of the newest. */
  readonly last?: number;
  /** By whoever has this name. */
  readonly actor?: string;
  readonly kind?: Actor["kind"];
  /** Those that changed a node or an edge of this kind. */
  readonly about?: NodeKind | EdgeKind;
}

export interface GraphStore {
  /** `after`: reads see at least this revision. `signal`: ends reads with ABORTED, or with its reason if that is a DomainError. */
  reader(options?: { readonly signal?: AbortSignal; readonly after?: Revision }): GraphReader;
  /**
   * All of the change set or nothing. The key is looked up first: where it was used, nothing is composed or checked.
   * Throws a ChangeSetError with every fault, IDEMPOTENCY_KEY_REUSED, CONFLICT, STORE_UNAVAILABLE, STORE_UNUSABLE.
   */
  commit(changes: ChangeSet | Compose, options: CommitOptions): Promise<CommitResult>;
  /** The newest entry of the log; `emptyHeadId` before the first one. */
  head(): Promise<HeadId>;
  /** Entries of the log without their changes, in order. */
  log(query: LogQuery): Promise<readonly CommitHead[]>;
  /**
   * Parts of what an entry of the log changed, or of the nodes that it is about, in order; none for an entry that is not
   * there. `changesOf` and others in read-log.ts decode them without holding up the event loop.
   */
  parts(query: PartsQuery): Promise<readonly LogPart[]>;
  /**
   * The commits that changed a subject, newest first: for a node, also what it owns and the links that its file holds or
   * that are undirected; for a link, the link alone. `concerns` tells which of their changes those are. None for a subject
   * that never was.
   */
  history(subject: string, page: HistoryPage): Promise<History>;
  /**
   * The commit that last changed each subject (a node id or `edgeSubject`), removals included. Subjects that never
   * were have no entry.
   */
  lastChanges(subjects: readonly string[]): Promise<ReadonlyMap<string, LastChange>>;
  /** Everything that lies in the store, in no order, for comparing it with the log. Looks at each item in full. */
  inspect(): AsyncIterable<Inspected>;
  /** Creates or upgrades the store's format. Safe to repeat. Throws STORE_MISMATCH for a format newer than this program. */
  migrate(): Promise<void>;
  /** Ends when the store answers and its format fits. Throws STORE_UNAVAILABLE or STORE_MISMATCH. */
  ping(): Promise<void>;
  /** After loading much at once: lets the store renew its statistics and plans. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export interface LastChange {
  readonly revision: Revision;
  readonly actor: Actor;
  readonly removed: boolean;
}

/** The items of the pages of a scan one by one, where it does not matter how long each takes. */
export async function* scannedItems(pages: AsyncIterable<readonly ScanItem[]>): AsyncIterable<ScanItem> {
  for await (const page of pages) yield* page;
}
