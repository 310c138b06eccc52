import type { NodeId } from "../domain/ids";
import type { NodeKind } from "../domain/ontology/node-kinds";

export interface SearchQuery {
  readonly text: string;
  /** Which kinds to look for; all unless given. */
  readonly kinds?: readonly NodeKind[];
  /** Which nodes of these kinds to keep; all unless given. */
  readonly keep?: (id: NodeId) => boolean;
  /** Also look into what gives answers away. */
  readonly reveal?: boolean;
  /** How many hits to put in order, the best first. */
  readonly max: number;
}

export interface Hit {
  readonly id: NodeId;
  /** How well it fits, from 0; comparable within one search only. */
  readonly score: number;
}

export interface Found {
  /** By score, the highest first, then by id. */
  readonly hits: readonly Hit[];
  /** How many there are in all. */
  readonly total: number;
  /** How many there are of one kind. */
  readonly count: (kind: NodeKind) => number;
  /** All of one kind that were found, in no particular order. */
  readonly ofKind: (kind: NodeKind) => readonly NodeId[];
  /** The query with its misspellings mended; null if it has none. */
  readonly didYouMean: string | null;
  /** Whether a word, in the form that tokens have, is one of those searched for. */
  readonly isMatch: (term: string) => boolean;
}
