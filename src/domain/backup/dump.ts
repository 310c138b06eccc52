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
 * A piece of all that a store holds, few enough things for memory. The pieces of one kind follow each other: first
 * `expected`, then nodes before edges, and entries by revision; `end` is the last one, without which the dump is not whole.
 * Whoever writes a piece replaces what it has written for the same thing before.
 */
export type DumpPart =
  /** About how many items and entries will come. */
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
 * A piece of what a store holds that is written to meanwhile. Items, slugs and tombstones come as they were at some moment;
 * entries that may be later come as such, and must be applied to them again, in order, which brings all to the end.
 */
export type LiveDumpPart = DumpPart | { readonly laterEntries: readonly LogEntry[] };

/** Whose a slug is, or once was: nodes that were removed keep theirs. */
export interface SlugOwner {
  readonly kind: NodeKind;
  readonly slug: Slug;
  readonly owner: NodeId;
  readonly isCurrent: boolean;
}

/** The commit that removed an item, by the item's subject. */
export interface Tombstone {
  readonly subject: string;
  readonly revision: Revision;
}

/** The idempotency key of a commit, with the result that it had. */
export interface CommitKey {
  readonly actor: Actor;
  readonly key: string;
  readonly inputHash: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly revision: Revision;
  readonly changes: number;
}

/** The key of a draft's save, with the result that it had. */
export interface SaveKey extends RepeatKey {
  readonly result: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** An entry of the log as it was read. Throws STORE_UNUSABLE where its changes cannot be decoded. */
export function readEntry(head: CommitHead, changes: readonly LogPart[], nodes: readonly LogPart[]): LogEntry {
  const found = new Set<string>();
  for (const part of changes) for (const subject of findableBy(decoded<AppliedChange>(head, part))) found.add(subject);
  return { head, changes, nodes, findableBy: found };
}

/** All changes of an entry, in order. Throws STORE_UNUSABLE where they cannot be decoded. */
export const changesOfEntry = ({ head, changes }: LogEntry): readonly AppliedChange[] =>
  changes.flatMap((part) => decoded<AppliedChange>(head, part));

function decoded<T>({ revision }: CommitHead, { text }: LogPart): readonly T[] {
  try {
    return JSON.parse(text) as T[];
  } catch (cause) {
    throw new DomainError("STORE_UNUSABLE", `Entry ${revision} of the log cannot be decoded.`, { cause });
  }
}

/** The most bytes of entries in one piece, by what their heads say; an entry is never divided. */
const maxBytes = 2_000_000;
const maxEntries = 100;

/** Heads in groups whose entries fit into one piece. */
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

/** What a restore would meet in a store: nothing that matters, a part of a restore that was cut short, or more. */
export type Contents = "NOTHING" | "UNFINISHED" | "SOMETHING";

/** Why a store that is being restored, or that a restore has left half done, does nothing else. */
export const unfinishedSentence =
  "A restore into this store is going on, or was cut short; in that case run it again, which empties the store first.";
