import { type FileHandle, mkdtemp, open, rm } from "node:fs/promises";
import { createReadStream } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DomainError } from "../../domain/errors";

/** The place of a line in bytes, without its line end. */
export interface LinePlace {
  readonly offset: number;
  readonly length: number;
}

/** The longest line in bytes. A line is read as one piece of memory, so its size needs a limit. */
export const lineLimit = 16_000_000;
const chunkSize = 1_000_000;

/** The most bytes between two lines that are read along with them. */
const blankLimit = 1_000;

/** Lines of text that can be read in order, and again one by one. */
export class RecordSource {
  constructor(
    /** The name of the source in findings. */
    readonly name: string,
    private readonly file: FileHandle,
  ) {}

  /**
   * Returns every line that is not empty, counted from 1. `bytes` is present if the line lay in one chunk, and valid
   * only until the next line.
   */
  async *lines(): AsyncIterable<LinePlace & { readonly number: number; readonly bytes?: Buffer }> {
    const chunk = Buffer.alloc(chunkSize);
    let number = 1;
    let start = 0;
    for (let read = 0; ;) {
      const { bytesRead } = await this.file.read(chunk, 0, chunkSize, read);
      if (bytesRead === 0) {
        if (read > start) yield { offset: start, length: read - start, number };
        return;
      }
      for (let at = 0; ;) {
        const end = chunk.subarray(0, bytesRead).indexOf(0x0a, at);
        if (end < 0) break;
        const bytes = start >= read ? { bytes: chunk.subarray(start - read, end) } : {};
        if (read + end > start) yield { offset: start, length: read + end - start, number, ...bytes };
        start = read + end + 1;
        at = end + 1;
        number++;
      }
      read += bytesRead;
    }
  }

  async read({ offset, length }: LinePlace): Promise<Buffer> {
    const bytes = Buffer.alloc(length);
    for (let read = 0; read < length;) {
      const { bytesRead } = await this.file.read(bytes, read, length - read, offset + read);
      if (bytesRead === 0) throw new DomainError("INVALID_ARGUMENT", `${this.name} became shorter while it was read.`);
      read += bytesRead;
    }
    return bytes;
  }

  /**
   * Returns the lines at these places, in the same order. Lines that follow each other closely are read in one piece.
   */
  async readAll(places: readonly LinePlace[]): Promise<Buffer[]> {
    const lines: Buffer[] = [];
    for (const together of stretches(places)) {
      const [first, last] = [together[0] as LinePlace, together.at(-1) as LinePlace];
      const bytes = await this.read({ offset: first.offset, length: last.offset + last.length - first.offset });
      for (const { offset, length } of together)
        lines.push(bytes.subarray(offset - first.offset, offset - first.offset + length));
    }
    return lines;
  }

  close(): Promise<void> {
    return this.file.close();
  }
}

/** Groups places whose lines follow each other with less than `blankLimit` bytes between them. */
function* stretches(places: readonly LinePlace[]): Iterable<readonly LinePlace[]> {
  for (let start = 0, end = 1; start < places.length; start = end++) {
    const isNext = ({ offset }: LinePlace, { offset: before, length }: LinePlace) =>
      offset > before && offset - before - length < blankLimit;
    while (end < places.length && isNext(places[end] as LinePlace, places[end - 1] as LinePlace)) end++;
    yield places.slice(start, end);
  }
}

/**
 * Opens a file, or `-` for standard input. A source that cannot be read twice is first copied to a temporary file.
 * Throws INVALID_ARGUMENT for a path that cannot be read.
 */
export async function openRecords(path: string): Promise<RecordSource> {
  if (path === "-") return new RecordSource("standard input", await copied(process.stdin));
  try {
    const file = await open(path);
    if ((await file.stat()).isFile()) return new RecordSource(path, file);
    await file.close();
    return new RecordSource(path, await copied(createReadStream(path)));
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    throw new DomainError("INVALID_ARGUMENT", `The file ${path} cannot be read (${code}).`, { cause });
  }
}

async function copied(stream: AsyncIterable<Buffer>): Promise<FileHandle> {
  const file = await openTemporaryFile();
  for await (const chunk of stream) await file.write(chunk);
  return file;
}

/** Opens an empty file that no longer has a name, so that it vanishes with the process however that ends. */
export async function openTemporaryFile(): Promise<FileHandle> {
  const folder = await mkdtemp(join(tmpdir(), "fulcrum-"));
  const file = await open(join(folder, "records"), "w+");
  await rm(folder, { recursive: true });
  return file;
}
