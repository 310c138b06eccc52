import { deepFreeze } from "../deep-freeze";
import type { Revision } from "../graph/node";
import type { CommitHead } from "./change-set";

/** What the parts of an entry hold: the changes of its commit, or the nodes that these are about. */
export type PartsOf = "changes" | "nodes";

/** A stretch of what belongs to an entry of the log, small enough to be decoded in a few milliseconds. */
export interface LogPart {
  /** Its place among the parts, from 0. */
  readonly part: number;
  /** How many rows lie in the parts before it. A row is a field change (of an item, at least one) or a node. */
  readonly before: number;
  /** How many rows it holds, at least 1. */
  readonly rows: number;
  /** A list in canonical JSON. */
  readonly text: string;
}

/** Which parts of an entry to read, in order. */
export interface PartsQuery {
  readonly revision: Revision;
  readonly of: PartsOf;
  /** From the part that holds this row on, counted from 0. Default: 0. */
  readonly from?: number;
  /** How many parts, at least 1. */
  readonly first: number;
}

/** A part ends with the item that makes it this long; an item is never divided. */
const partCharacters = 64_000;

/** Puts items in canonical JSON together to parts. */
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

  /** All parts, the last one included. */
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

/** The items of a part; frozen. */
export const itemsOfPart = <T>({ text }: Pick<LogPart, "text">): readonly T[] => deepFreeze(JSON.parse(text) as T[]);
export interface HistoryPage {
  /** Commits before this revision; all if it is left out. */
  readonly before?: Revision;
  readonly first: number;
}

/** Commits that changed a subject, newest first. */
export interface History {
  readonly commits: readonly CommitHead[];
  /** Where the next page begins; null if there is none. A page can hold less than was asked for and have a next one. */
  readonly before: Revision | null;
}
