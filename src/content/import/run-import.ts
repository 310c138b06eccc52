import { randomUUID } from "node:crypto";
import type { Actor, Change, ChangeSet } from "../../domain/changes/change-set";
import type { GraphStore } from "../../domain/graph/port";
import { batches } from "./batches";
import type { ImportPlan } from "./import-plan";
import type { BatchLimits } from "./packer";

export interface RunOptions {
  readonly actor: Actor;
  /** The title of commit `index` of `count`, from 1. */
  title(index: number, count: number): string;
  readonly limits?: BatchLimits;
  onCommit?(progress: { readonly done: number; readonly total: number }): void;
}

/**
 * Carries a plan out, commit after commit, and returns how many there were. When it is cut short, each commit that was
 * made stands, and a new plan holds the rest. Throws what `commit` throws; STALE_REVISION when someone else was faster.
 */
export async function runImport(store: GraphStore, plan: ImportPlan, options: RunOptions): Promise<number> {
  const count = await commitAll(store, batches(plan, options.limits), options);
  if (count > 0) await store.settle();
  return count;
}

/** Commits one batch of changes after another. */
export async function commitAll(
  store: GraphStore,
  commits: readonly (readonly Change[])[],
  options: RunOptions,
): Promise<number> {
  const total = commits.reduce((sum, changes) => sum + changes.length, 0);
  let done = 0;
  for (const [index, changes] of commits.entries()) {
    const changeSet: ChangeSet = { title: options.title(index + 1, commits.length), changes };
    // A commit whose answer is lost is done again by the store; a run that was cut short plans anew.
    const key = randomUUID();
    await store.commit(changeSet, {
      idempotencyKey: key,
      inputHash: key,
      actor: options.actor,
      skipDanglingMentions: true,
    });
    done += changes.length;
    options.onCommit?.({ done, total });
  }
  return commits.length;
}
