import type { GraphStore } from "../domain/graph/port";
import type { FileFinding } from "./file-finding";
import { importFiles } from "./import/import-files";
import { type ImportOptions, type ImportPlan, planImport } from "./import/import-plan";
import type { RunOptions } from "./import/run-import";
import { checkFolder, lintFolder } from "./lint-folder";

export interface ImportRequest extends ImportOptions, Pick<RunOptions, "onCommit" | "limits"> {
  readonly dryRun?: boolean;
  /** Stop at errors of quality, too, not only at what no store accepts. */
  readonly strict?: boolean;
}

export interface ImportResult {
  /** The errors for which nothing was imported; else empty. */
  readonly refused: readonly FileFinding[];
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
  const { bank, findings } = await (request.strict ? lintFolder(dir) : checkFolder(dir));
  const refused = findings.filter(({ severity, structural }) => structural || (request.strict && severity === "error"));
  if (refused.length > 0) return { refused, plan: null, commits: 0 };
  if (request.dryRun) return { refused, plan: await planImport(store, bank, request), commits: 0 };
  const done = await importFiles(store, bank, {
    ...request,
    actor: { kind: "import", name: "import" },
    title: (index, count) => `Import ${dir} (${index} of ${count})`,
  });
  return { refused, ...done };
}
