import { deepFreeze } from "../deep-freeze";
import type { Revision } from "../graph/node";
import type { CommitHead } from "./change-set";

/** The content of an entry's parts: the changes of the commit, or the nodes that it is about. */
export type PartsOf = "changes" | "nodes";

/** A piece of an entry of the log, small enough to be decoded in a few milliseconds. */
export interface LogPart {
  /** Place among the parts of the entry, from 0. */
  readonly part: number;
  /** The number of rows in the parts before it. A row is a field change (at least one for each item) or a node. */
  readonly before: number;
  /** The number of rows in the part, at least 1. */
  readonly rows: number;
  /** A list in canonical JSON, such as `[["Concept:quorum","CHANGED",1]]` for nodes. */
  readonly text: string;
}

export interface PartsQuery {
  readonly revision: Revision;
  readonly of: PartsOf;
  /** The row, counted from 0, whose part comes first. Default: 0. */
  readonly from?: number;
  /** The maximum number of parts, at least 1. */
  readonly first: number;
}

/** The length at which a part ends, in characters. An item is never divided, so a part may be longer. */
const partCharacters = 64_000;

/** Joins items, each in canonical JSON, into parts. */
export class PartWriter {
  readonly parts: LogPart[] = [];
  private items: string[] = [];
  private characters = 0;
  private rows = 0;
  private before = 0;

  constructor(private readonly maxCharacters = partCharacters) {}

  add(item: string, rows: number): void {
    this.items.push(item);
    this.characters += item.length + 1;
    this.rows += rows;
    if (this.characters >= this.maxCharacters) this.close();
  }

  /** Closes the last part and returns all parts; none if no item was added. */
  end(): readonly LogPart[] {
    if (this.items.length > 0) this.close();
    return this.parts;
  }

  private close(): void {
    const { before, rows, items } = this;
    this.parts.push(Object.freeze({ part: this.parts.length, before, rows, text: `[${items.join()}]` }));
    this.before += rows;
    [this.items, this.characters, this.rows] = [[], 0, 0];
  }
}

/** The items of a part, deeply frozen. */
export const itemsOfPart = <T>({ text }: Pick<LogPart, "text">): readonly T[] => deepFreeze(JSON.parse(text) as T[]);
export interface HistoryPage {
  /** The page holds commits before this revision. Default: all. */
  readonly before?: Revision;
  readonly first: number;
}

/** A page of the commits that changed a subject, newest first. */
export interface History {
  readonly commits: readonly CommitHead[];
  /**
   * The `before` of the next page; null on the last page. A page that has a next one can still be shorter than asked
   * for.
   */
  readonly before: Revision | null;
}
