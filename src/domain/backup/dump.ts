import type { ApiKey } from "../access/key-store";
import type { Actor, AppliedChange, CommitHead, HeadId } from "../changes/change-set";
import { findableBy } from "../changes/history";
import type { LogEntry } from "../changes/log-entry";
import type { LogPart } from "../changes/log-part";
import type { Draft, RepeatKey } from "../drafts/draft-store";
import { DomainError } from "../errors";
import type { Revision } from "../graph/node";
import type { ScanItem } from "../graph/port";
import type { NodeId, Slug } from "../ids";
import type { NodeKind } from "../ontology/node-kinds";

/**
 * A piece of the whole content of a store, small enough for memory. All pieces of one kind follow each other.
 * `expected` comes first, nodes come before edges, and entries come by revision. `end` comes last; a dump without it is
 * incomplete.
 * A writer replaces what it has written before for the same thing.
 */
export type DumpPart =
  /** Estimated number of items and entries that will come. */
  | { readonly expected: number }
  | { readonly items: readonly ScanItem[] }
  | { readonly slugs: readonly SlugOwner[] }
  | { readonly tombstones: readonly Tombstone[] }
  | { readonly entries: readonly LogEntry[] }
  | { readonly commitKeys: readonly CommitKey[] }
  | { readonly saveKeys: readonly SaveKey[] }
  | { readonly drafts: readonly Draft[] }
  | { readonly apiKeys: readonly ApiKey[] }
  | { readonly end: HeadId };

/**
 * A piece of the content of a store that is written to meanwhile. Items, slugs and tombstones are as they were at some
 * moment during the dump. Entries that may be later than that moment come as `laterEntries`. They must be applied, in
 * order, to the restored items again; then everything is as of the end.
 */
export type LiveDumpPart = DumpPart | { readonly laterEntries: readonly LogEntry[] };

/** The owner of a current or former slug; a removed node keeps its slugs. */
export interface SlugOwner {
  readonly kind: NodeKind;
  readonly slug: Slug;
  readonly owner: NodeId;
  readonly isCurrent: boolean;
}

/** The commit that removed an item. `subject` is the id of a node, or `KIND from to` for an edge. */
export interface Tombstone {
  readonly subject: string;
  readonly revision: Revision;
}

/** The idempotency key of a commit, with its result. */
export interface CommitKey {
  readonly actor: Actor;
  readonly key: string;
  readonly inputHash: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly revision: Revision;
  readonly changes: number;
}

/** The idempotency key of a draft's save, with its result. */
export interface SaveKey extends RepeatKey {
  readonly result: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/**
 * Builds an entry of the log from its stored head and parts. Throws STORE_UNUSABLE if its changes cannot be decoded.
 */
export function readEntry(head: CommitHead, changes: readonly LogPart[], nodes: readonly LogPart[]): LogEntry {
  const found = new Set<string>();
  for (const part of changes) for (const subject of findableBy(decoded<AppliedChange>(head, part))) found.add(subject);
  return { head, changes, nodes, findableBy: found };
}

/** All changes of an entry, in order. Throws STORE_UNUSABLE if they cannot be decoded. */
export const changesOfEntry = ({ head, changes }: LogEntry): readonly AppliedChange[] =>
  changes.flatMap((part) => decoded<AppliedChange>(head, part));

function decoded<T>({ revision }: CommitHead, { text }: LogPart): readonly T[] {
  try {
    return JSON.parse(text) as T[];
  } catch (cause) {
    throw new DomainError("STORE_UNUSABLE", `Entry ${revision} of the log cannot be decoded.`, { cause });
  }
}

/**
 * The maximum size of the entries in one piece, in bytes according to their heads. An entry is never divided, so a
 * larger one is a piece of its own.
 */
const maxBytes = 2_000_000;
const maxEntries = 100;

/** Groups heads, in order, so that the entries of each group fit into one piece. */
export function* entryGroups(heads: readonly CommitHead[]): Iterable<readonly CommitHead[]> {
  let group: CommitHead[] = [];
  let bytes = 0;
  for (const head of heads) {
    if (group.length === maxEntries || (group.length > 0 && bytes + head.bytes > maxBytes)) {
      yield group;
      [group, bytes] = [[], 0];
    }
    group.push(head);
    bytes += head.bytes;
  }
  if (group.length > 0) yield group;
}

/**
 * The content of a store, as a restore sees it: nothing that matters, the part of a restore that was cut short, or
 * anything else.
 */
export type Contents = "NOTHING" | "UNFINISHED" | "SOMETHING";

/** The reason why a store does nothing else while it is being restored, or after a restore was cut short. */
export const unfinishedSentence =
  "A restore into this store is going on, or was cut short; in that case run it again, which empties the store first.";
