import type { GraphStore } from "../domain/graph/port";
import type { Bank } from "../domain/rules/bank-view";
import type { FileFinding } from "./file-finding";
import { CommitSizes } from "./import/commit-sizes";
import { type ImportOptions, type ImportPlan, planImport } from "./import/import-plan";
import { runImport, type RunOptions } from "./import/run-import";
import { checkFolder, lintFolder } from "./lint-folder";
import { isRefused, type Quality, weakened } from "./quality";

export interface ImportRequest extends ImportOptions, Pick<RunOptions, "onCommit" | "limits"> {
  readonly dryRun?: boolean;
  /** Default: "off". */
  readonly quality?: Quality;
}

interface ImportResult {
  /** The errors for which nothing was imported; else empty. */
  readonly refused: readonly FileFinding[];
  /** What is weak in the files, where that was asked for and does not stop the import. */
  readonly warnings: readonly FileFinding[];
  /** Null if refused. */
  readonly plan: ImportPlan | null;
  readonly commits: number;
}

/**
 * Brings a store to what a bank's folder holds: lints, compares, and commits what differs. What a person edited in the
 * store is kept unless `overwrite`; nodes gone from the files go only with `prune`. Cut short, it resumes when run again.
 * Throws INVALID_ARGUMENT for a folder that cannot be read, and what `commit` throws.
 */
export async function importBank(store: GraphStore, dir: string, request: ImportRequest = {}): Promise<ImportResult> {
  const { quality = "off" } = request;
  const { bank, findings } = await (quality === "off" ? checkFolder(dir) : lintFolder(dir));
  const refused = findings.filter(isRefused(quality));
  if (refused.length > 0) return { refused, warnings: [], plan: null, commits: 0 };
  const warnings = weakened(findings);
  if (request.dryRun) return { refused, warnings, plan: await planImport(store, bank, request), commits: 0 };
  const done = await importFiles(store, bank, {
    ...request,
    actor: { kind: "import", name: "import" },
    title: (index, count) => `Import ${dir} (${index} of ${count})`,
  });
  return { refused, warnings, ...done };
}

interface FilesImport {
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
