import { randomUUID } from "node:crypto";
import type { Actor, ChangeSet } from "../../domain/changes/change-set";
import type { GraphStore } from "../../domain/graph/port";
import { batches } from "./batches";
import type { ImportPlan } from "./import-plan";
import type { BatchLimits } from "./packer";

export interface RunOptions {
  readonly actor: Actor;
  /** Returns the title of commit `index` of `count`, from 1. */
  title(index: number, count: number): string;
  readonly limits?: BatchLimits;
  onCommit?(progress: { readonly done: number; readonly total: number }): void;
}

/**
 * Carries a plan out, commit after commit, and returns the number of commits. After an interruption the finished
 * commits stand, and a new plan holds the rest. Throws the errors of `commit`, such as STALE_REVISION if someone else
 * was faster.
 */
export async function runImport(store: GraphStore, plan: ImportPlan, options: RunOptions): Promise<number> {
  const { actor, title, limits, onCommit } = options;
  const commits = batches(plan, limits);
  const changeSets = commits.map((changes, index) => ({ title: title(index + 1, commits.length), changes }));
  const total = commits.reduce((sum, changes) => sum + changes.length, 0);
  let done = 0;
  await committerOf(store).commitAll(changeSets, actor, ({ changes }) => {
    done += changes.length;
    onCommit?.({ done, total });
  });
  if (commits.length > 0) await store.settle();
  return commits.length;
}

/** The receiver of an import's commits: a store, or a stand-in for a store elsewhere. */
export interface Committer {
  /** Commits change sets one after another, until one fails; throws that one's error. */
  commitAll(changeSets: readonly ChangeSet[], actor: Actor, onCommit?: (changeSet: ChangeSet) => void): Promise<void>;
  settle(): Promise<void>;
}

export const committerOf = (store: GraphStore): Committer => ({
  commitAll: async (changeSets, actor, onCommit) => {
    for (const changeSet of changeSets) {
      // The store repeats a commit whose answer was lost. An interrupted run plans again, with new keys.
      const key = randomUUID();
      await store.commit(changeSet, { idempotencyKey: key, inputHash: key, actor, skipDanglingMentions: true });
      onCommit?.(changeSet);
    }
  },
  settle: () => store.settle(),
});
