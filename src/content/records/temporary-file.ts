import { type FileHandle, mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** An empty file that has no name any more, so that it goes with the process however that ends. */
export async function openTemporaryFile(): Promise<FileHandle> {
  const folder = await mkdtemp(join(tmpdir(), "fulcrum-"));
  const file = await open(join(folder, "records"), "w+");
  await rm(folder, { recursive: true });
  return file;
}
