import type { Change, ChangeSet } from "../../src/domain/changes/change-set";
import type { Properties } from "../../src/domain/graph/node";
import type { CommitOptions, CommitResult, GraphStore } from "../../src/domain/graph/port";
import type { NodeId } from "../../src/domain/ids";

export type Changes = readonly (Change | readonly Change[])[];

export const id = (text: string): NodeId => text as NodeId;
export const patch = (node: string, fields: Properties): Change => ({ op: "putNode", id: id(node), fields });
export const removal = (node: string): Change => ({ op: "removeNode", id: id(node) });
export const renaming = (node: string, slug: string): Change => ({ op: "rename", id: id(node), slug });
export const expecting = (expectedRevision: number, change: Change): Change => ({ ...change, expectedRevision });

export const aChangeSet = (changes: Changes, title = "A change"): ChangeSet => ({ title, changes: changes.flat() });

let keys = 0;

/** Commits the changes as a person, under a key of their own unless one is given. */
export const commit = (
  store: GraphStore,
  changes: Changes,
  options: Partial<CommitOptions> = {},
): Promise<CommitResult> =>
  store.commit(aChangeSet(changes), {
    idempotencyKey: `key-${++keys}`,
    actor: { kind: "person", name: "ada" },
    ...options,
  });
