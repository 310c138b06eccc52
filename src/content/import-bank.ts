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
  /** The treatment of findings; "off" by default. */
  readonly quality?: Quality;
}

interface ImportResult {
  /** The errors that stopped the import; empty if it was not refused. */
  readonly refused: readonly FileFinding[];
  /** Weaknesses of the files that do not stop the import; always empty with quality "off". */
  readonly warnings: readonly FileFinding[];
  /** Null if the import was refused. */
  readonly plan: ImportPlan | null;
  readonly commits: number;
}

/**
 * Makes a store hold what a bank's folder holds: lints, compares, and commits the differences. A person's edits in the
 * store are kept unless `overwrite` is set; nodes gone from the files are removed only with `prune`. An interrupted
 * import resumes when run again. Throws INVALID_ARGUMENT for a folder that cannot be read, and the errors of `commit`.
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
  /** The plan that the import began with. */
  readonly plan: ImportPlan;
  readonly commits: number;
}

/**
 * Plans an import and carries it out. After a commit that the store did not finish in time, the import goes on with
 * smaller ones. Throws the errors of `runImport`.
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
