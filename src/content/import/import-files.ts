import type { GraphStore } from "../../domain/graph/port";
import type { Bank } from "../../domain/rules/bank-view";
import { CommitSizes } from "./commit-sizes";
import { type ImportOptions, type ImportPlan, planImport } from "./import-plan";
import { runImport, type RunOptions } from "./run-import";

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
  const plan = await planImport(store, files, options);
  let commits = 0;
  const onCommit: RunOptions["onCommit"] = (progress) => {
    commits++;
    options.onCommit?.(progress);
  };
  const sizes = new CommitSizes(options.limits);
  await sizes.inTime(async (isAgain) => {
    const left = isAgain ? await planImport(store, files, options) : plan;
    await runImport(store, left, { ...options, limits: sizes.limits, onCommit });
  });
  return { plan, commits };
}
