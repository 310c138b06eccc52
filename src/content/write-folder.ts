import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { BankFile } from "./bank-file";

/** Writes files into a bank's folder, each at once: a reader sees the old text or the new one. */
export async function writeFiles(dir: string, files: readonly Pick<BankFile, "path" | "text">[]): Promise<void> {
  for (const { path, text } of files) {
    const place = join(dir, path);
    const draft = join(dirname(place), `.${process.pid}-${Date.now()}.tmp`);
    await mkdir(dirname(place), { recursive: true });
    await writeFile(draft, text);
    await rename(draft, place);
  }
}
