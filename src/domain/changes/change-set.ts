import type { NodeId, Slug } from "../ids";
import type { EdgeKind } from "../ontology/edge-kinds";
import type { NodeKind } from "../ontology/node-kinds";
import { edgeSubject, type Properties, type Revision } from "../graph/node";

/** A node in full, as the log keeps it and imports write it. */
export interface NodeState {
  readonly id: NodeId;
  readonly kind: NodeKind;
  readonly slug: Slug;
  /** Earlier slugs, oldest first. */
  readonly formerSlugs: readonly Slug[];
  /** Light fields; an absent one has no key. */
  readonly fields: Properties;
  /** Long texts; an absent one has no key. */
  readonly texts: Readonly<Record<string, string>>;
}

/** An edge in full. For undirected kinds, `from` is the smaller id by code point. */
export interface EdgeState {
  readonly edge: EdgeKind;
  readonly from: NodeId;
  readonly to: NodeId;
  /** Position among its siblings. Only ordered kinds have it. */
  readonly order?: number;
  readonly properties: Properties;
}

/**
 * An optional revision: that at which the author saw the item. If the item is at another one, the change is refused
 * with STALE_REVISION.
 */
interface Expecting {
  readonly expectedRevision?: Revision;
}

export type Change =
  /** Creates the node or patches its fields: an absent key leaves a field as it is, null clears it. */
  | (Expecting & { readonly op: "putNode"; readonly id: NodeId; readonly fields: Properties })
  /**
   * Removes the node, the nodes that it owns, and the links that are written at these nodes, nest them or are
   * undirected. All other links to them must be removed first.
   */
  | (Expecting & { readonly op: "removeNode"; readonly id: NodeId })
  /**
   * Gives the node another slug. Its earlier slugs still resolve to it, and the slugs of its owned nodes follow. For an
   * owned node, `slug` is its own part only (`own` of `owner/own`).
   */
  | (Expecting & { readonly op: "rename"; readonly id: NodeId; readonly slug: Slug })
  /**
   * Creates the edge or patches its properties, as for nodes. A new edge of an ordered kind without `order` goes last.
   */
  | (Expecting & {
      readonly op: "putEdge";
      readonly edge: EdgeKind;
      readonly from: NodeId;
      readonly to: NodeId;
      readonly order?: number;
      readonly properties: Properties;
    })
  | (Expecting & { readonly op: "removeEdge"; readonly edge: EdgeKind; readonly from: NodeId; readonly to: NodeId });

/**
 * A titled list of changes, applied in order, all or none.
 * @example
 * const changeSet: ChangeSet = {
 *   title: "Add quorums",
 *   changes: [{ op: "rename", id: "Concept:quorum", slug: "quorums" }],
 * };
 */
export interface ChangeSet {
  readonly title: string;
  readonly changes: readonly Change[];
}

/** A change set that has passed `checkForm`; planning does not check its form again. */
export interface CheckedChangeSet extends ChangeSet {
  readonly isChecked: true;
}

/**
 * The planned changes of a change set. They were planned without a finding, over the same reader that the change set
 * was composed with.
 */
export interface PlannedChanges {
  readonly title: string;
  readonly planned: readonly AppliedChange[];
}

export interface Actor {
  /** "import": the change comes from files. "person": someone edited through the API. */
  readonly kind: "import" | "person";
  readonly name: string;
}

/**
 * The effect of a commit on one item. `before` is null if the commit created it, `after` is null if the commit removed
 * it.
 */
export type AppliedChange =
  | { readonly node: NodeId; readonly before: NodeState | null; readonly after: NodeState | null }
  | {
      readonly edge: EdgeKind;
      readonly from: NodeId;
      readonly to: NodeId;
      readonly before: EdgeState | null;
      readonly after: EdgeState | null;
    };

/** An entry of the commit log without its changes. Those lie beside it in parts, see `LogPart`. */
export interface CommitHead {
  readonly revision: Revision;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly actor: Actor;
  readonly title: string;
  /** The id of the draft that the commit published; absent if it published none. */
  readonly draft?: string;
  /** The number of nodes that the commit is about, see `touchedNodes`. */
  readonly nodeCount: number;
  /** The kinds of these nodes, each once, by code point. */
  readonly nodeKinds: readonly NodeKind[];
  /** The number of nodes and edges that the commit changed. */
  readonly itemCount: number;
  /** The number of field changes, see `fieldChanges`. */
  readonly changeCount: number;
  /** The length of the changes as JSON, in bytes. */
  readonly bytes: number;
  /** SHA-256 in hexadecimal digits. It chains the entry to those before it, see `EntryHash`. */
  readonly hash: string;
  readonly seal: Seal;
}

/** Further input to the hash of an entry, beside what everybody may read. */
interface Seal {
  readonly format: number;
  /** Random, so that nobody can guess from the hash what only a key may read, such as the actor's name. */
  readonly salt: string;
  /** The time at which an entry older than the chain was sealed. Absent if the entry was sealed with its commit. */
  readonly sealedAt?: string;
}

/** Identifies one state of a bank among all states of all banks. */
export type HeadId = Pick<CommitHead, "revision" | "hash">;

export const emptyHeadId: HeadId = Object.freeze({ revision: 0, hash: "" });

export interface Commit extends CommitHead {
  /** Nodes by id, then edges by kind in the ontology's order, from, to. */
  readonly changes: readonly AppliedChange[];
}

/** The maximum number of items, nodes and edges, that one commit may change. */
export const commitLimit = 5_000;

/**
 * The subject of a change: the id of a node (`Concept:quorum`), or `KIND from to` for an edge (`MENTIONS
 * Question:replication Concept:quorum`).
 */
export const subjectOf = (change: AppliedChange | Change): string =>
  "node" in change ? change.node : "id" in change ? change.id : edgeSubject(change);
