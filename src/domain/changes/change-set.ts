import type { NodeId, Slug } from "../ids";
import type { EdgeKind } from "../ontology/edge-kinds";
import type { NodeKind } from "../ontology/node-kinds";
import { edgeSubject, type Properties, type Revision } from "../graph/node";

/** A node in full: what the log keeps and imports write. */
export interface NodeState {
  readonly id: NodeId;
  readonly kind: NodeKind;
  readonly slug: Slug;
  /** Earlier slugs, the first one first. */
  readonly formerSlugs: readonly Slug[];
  /** Light fields that are present. */
  readonly fields: Properties;
  /** Long texts that are present. */
  readonly texts: Readonly<Record<string, string>>;
}

/** An edge in full. For undirected kinds `from` is the smaller id by code point. */
export interface EdgeState {
  readonly edge: EdgeKind;
  readonly from: NodeId;
  readonly to: NodeId;
  /** For ordered kinds. */
  readonly order?: number;
  readonly properties: Properties;
}

/** Each change may carry the revision at which its author saw the item; another one then is STALE_REVISION. */
interface Expecting {
  readonly expectedRevision?: Revision;
}

export type Change =
  /** Creates the node or patches its fields: an absent key leaves a field as it is, null clears it. */
  | (Expecting & { readonly op: "putNode"; readonly id: NodeId; readonly fields: Properties })
  /** Removes the node, what it owns, and the links that are written at them or nest them. Links from elsewhere must be gone. */
  | (Expecting & { readonly op: "removeNode"; readonly id: NodeId })
  /** Gives the node another slug; its earlier ones go on resolving to it. Owned nodes follow. For owned nodes `slug` is their own part. */
  | (Expecting & { readonly op: "rename"; readonly id: NodeId; readonly slug: Slug })
  /** Creates the edge or patches its properties, as for nodes. A new edge of an ordered kind without `order` goes last. */
  | (Expecting & {
      readonly op: "putEdge";
      readonly edge: EdgeKind;
      readonly from: NodeId;
      readonly to: NodeId;
      readonly order?: number;
      readonly properties: Properties;
    })
  | (Expecting & { readonly op: "removeEdge"; readonly edge: EdgeKind; readonly from: NodeId; readonly to: NodeId });

/** A titled list of changes, applied in order and as a whole. */
export interface ChangeSet {
  readonly title: string;
  readonly changes: readonly Change[];
}

/** A change set that `checkForm` has found sound, which planning does not look into again. */
export interface CheckedChangeSet extends ChangeSet {
  readonly isChecked: true;
}

/** What a change set comes to: planned, without a finding, over the very reader that it was composed with. */
export interface PlannedChanges {
  readonly title: string;
  readonly planned: readonly AppliedChange[];
}

export interface Actor {
  /** "import": the files were the author. "person": someone edited through the API. */
  readonly kind: "import" | "person";
  readonly name: string;
}

/** What a commit did to one item; `before` and `after` are null where it did not exist. */
export type AppliedChange =
  | { readonly node: NodeId; readonly before: NodeState | null; readonly after: NodeState | null }
  | {
      readonly edge: EdgeKind;
      readonly from: NodeId;
      readonly to: NodeId;
      readonly before: EdgeState | null;
      readonly after: EdgeState | null;
    };

/** An entry of the commit log, without what it changed: that lies in parts beside it, see `LogPart`. */
export interface CommitHead {
  readonly revision: Revision;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly actor: Actor;
  readonly title: string;
  /** The id of the draft that it published; no key for a commit that was none. */
  readonly draft?: string;
  /** How many nodes it is about, see `touchedNodes`. */
  readonly nodeCount: number;
  /** Of these kinds, by code point. */
  readonly nodeKinds: readonly NodeKind[];
  /** How many nodes and edges it changed. */
  readonly itemCount: number;
  /** How many fields it changed, see `fieldChanges`. */
  readonly changeCount: number;
  /** The length of its changes as JSON, in bytes. */
  readonly bytes: number;
  /** Chains it to the entries before it, see `entryHash`: SHA-256, in hexadecimal digits. */
  readonly hash: string;
  readonly seal: Seal;
}

/** What the hash of an entry is made with, besides what everybody may read. */
interface Seal {
  /** How the hash is made. */
  readonly format: number;
  /** Random, so that nobody guesses from the hash what needs a key, such as the actor's name. */
  readonly salt: string;
  /** When an entry was sealed that is older than the chain; no key for one that was sealed with its commit. */
  readonly sealedAt?: string;
}

/** Tells one state of a bank from every other, of this bank or another one. */
export type HeadId = Pick<CommitHead, "revision" | "hash">;

/** The head of a bank without commits. */
export const emptyHeadId: HeadId = Object.freeze({ revision: 0, hash: "" });

/** An entry of the commit log with what it changed. */
export interface Commit extends CommitHead {
  /** Nodes before edges; each by id, or by kind, from, to. */
  readonly changes: readonly AppliedChange[];
}

/** The most changed items of one commit. */
export const commitLimit = 5_000;

/** What a change is about: the node's id, or `KIND from to` for an edge. */
export const subjectOf = (change: AppliedChange | Change): string =>
  "node" in change ? change.node : "id" in change ? change.id : edgeSubject(change);
