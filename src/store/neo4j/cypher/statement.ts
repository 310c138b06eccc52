/**
 * A statement of the store's catalogue. Its text is put together from closed fragments; values are in its parameters
 * alone, whole numbers as bigint. Each row is a key with a value.
 */
export interface Statement {
  readonly text: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export type Row = readonly [key: unknown, value: unknown];

/** Labels of what the store keeps beside the graph. */
export const labels = {
  node: "_Node",
  slug: "_Slug",
  head: "_Head",
  commit: "_Commit",
  commitPart: "_CommitPart",
  tombstone: "_Tombstone",
  idempotency: "_Idempotency",
} as const;
