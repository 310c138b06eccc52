import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { DomainError } from "../domain/errors";
import type { GraphStore } from "../domain/graph/port";
import { readStored } from "./import/stored-bank";
import { readFolder } from "./read-folder";
import { writeBank, writeFiles } from "./write-bank";

export interface ExportOptions {
  /** Writes even if the folder holds other things than a bank; they are left alone. */
  readonly force?: boolean;
  /** Deletes files of nodes that the store does not hold. */
  readonly prune?: boolean;
}

/** The result of an export, with paths relative to the folder. */
export interface ExportResult {
  readonly written: readonly string[];
  readonly unchanged: number;
  /** Files of nodes that the store does not hold. They were deleted if `prune` was set. */
  readonly stale: readonly string[];
}

/**
 * Writes a store's content as the canonical files of a bank. Throws INVALID_ARGUMENT if the folder holds other things
 * and `force` is not set.
 */
export async function exportBank(store: GraphStore, dir: string, options: ExportOptions = {}): Promise<ExportResult> {
  const there = existsSync(dir) ? await readFolder(dir) : { files: [], unread: [], findings: [] };
  const strange = there.findings.filter(({ rule }) => rule !== "unreadable").map(({ file }) => file);
  if (strange.length > 0 && !options.force) {
    const named = strange.slice(0, 5).join(", ") + (strange.length > 5 ? " and more" : "");
    throw new DomainError("INVALID_ARGUMENT", `The folder ${dir} holds other things than a bank: ${named}.`);
  }

  const files = writeBank(await readStored(store.reader()));
  const texts = new Map(there.files.map(({ path, text }) => [path, text]));
  const changed = files.filter(({ path, text }) => texts.get(path) !== text);
  await writeFiles(dir, changed);
  const paths = new Set(files.map(({ path }) => path));
  const stale = [...there.files, ...there.unread].map(({ path }) => path).filter((path) => !paths.has(path));
  if (options.prune) for (const path of stale) await rm(join(dir, path));
  return { written: changed.map(({ path }) => path), unchanged: files.length - changed.length, stale };
}
