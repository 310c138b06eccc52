import { lstat, mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { DomainError } from "../domain/errors";
import type { BankFile } from "./bank-file";

/**
 * Writes files into a bank's folder, each at once: a reader sees the old text or the new one. Throws INVALID_ARGUMENT
 * rather than write through a symbolic link to elsewhere.
 */
export async function writeFiles(dir: string, files: readonly Pick<BankFile, "path" | "text">[]): Promise<void> {
  for (const folder of new Set(files.map(({ path }) => join(dir, dirname(path))))) {
    await mkdir(folder, { recursive: true });
    if ((await lstat(folder)).isSymbolicLink())
      throw new DomainError("INVALID_ARGUMENT", `${folder} is a symbolic link; nothing is written through it.`);
  }
  for (const { path, text } of files) {
    const place = join(dir, path);
    const draft = join(dirname(place), `.${process.pid}.tmp`);
    await writeFile(draft, text);
    await rename(draft, place);
  }
}
