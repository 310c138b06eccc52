import type { FileFinding } from "./file-finding";
import { lintBank } from "./lint-bank";
import { readBank, type ReadBank } from "./read-bank";
import { readFolder } from "./read-folder";

export interface LintedFolder {
  readonly bank: ReadBank;
  readonly fileCount: number;
  /** By file, line and column. */
  readonly findings: readonly FileFinding[];
}

/** Reads and lints the bank in a folder. Throws INVALID_ARGUMENT when the folder cannot be read. */
export async function lintFolder(dir: string): Promise<LintedFolder> {
  const { files, unread, findings } = await readFolder(dir);
  const bank = readBank(files, unread);
  return { bank, fileCount: files.length, findings: await lintBank(bank, findings) };
}
