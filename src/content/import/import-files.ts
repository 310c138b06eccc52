import { DomainError } from "../../domain/errors";
import type { GraphStore } from "../../domain/graph/port";
import type { Bank } from "../../domain/rules/bank-view";
import { type BatchLimits, batchLimits } from "./packer";
import { type ImportOptions, type ImportPlan, planImport } from "./import-plan";
import { runImport, type RunOptions } from "./run-import";

/** Commits of this size are not made smaller when they take the store too long. */
const smallest = 50;

export interface FilesImport {
  /** What was to be done when it began. */
  readonly plan: ImportPlan;
  readonly commits: number;
}

/**
 * Plans an import and carries it out. A store that was not done in time with a commit gets smaller ones: it may be slow,
 * or busy. Throws what `runImport` throws.
 */
export async function importFiles(
  store: GraphStore,
  files: Bank,
  options: ImportOptions & RunOptions,
): Promise<FilesImport> {
  let plan = await planImport(store, files, options);
  const first = plan;
  let commits = 0;
  const onCommit: RunOptions["onCommit"] = (progress) => {
    commits++;
    options.onCommit?.(progress);
  };
  for (let limits = options.limits ?? batchLimits; ; limits = smaller(limits)) {
    try {
      await runImport(store, plan, { ...options, limits, onCommit });
      return { plan: first, commits };
    } catch (error) {
      const isLate = error instanceof DomainError && error.code === "DEADLINE_EXCEEDED";
      if (!isLate || limits.items <= smallest) throw error;
      plan = await planImport(store, files, options);
    }
  }
}

const smaller = ({ items, bytes }: BatchLimits): BatchLimits => ({
  items: Math.max(smallest, Math.floor(items / 4)),
  bytes: Math.floor(bytes / 4),
});
