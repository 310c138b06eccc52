import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { DomainError } from "../domain/errors";
import type { GraphStore } from "../domain/graph/port";
import { readStored } from "./import/stored-bank";
import { readFolder } from "./read-folder";
import { writeBank, writeFiles } from "./write-bank";

export interface ExportOptions {
  /** Write even where the folder holds other things than a bank; they are left alone. */
  readonly force?: boolean;
  /** Delete files of nodes that the store does not hold. */
  readonly prune?: boolean;
}

/** Paths relative to the folder. */
export interface ExportResult {
  readonly written: readonly string[];
  readonly unchanged: number;
  /** Files of nodes that the store does not hold; deleted if asked for. */
  readonly stale: readonly string[];
}

/** Writes what a store holds as the canonical files of a bank. Throws INVALID_ARGUMENT when the folder holds other things. */
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
