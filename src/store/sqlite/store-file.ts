import { accessSync, closeSync, constants, openSync, statSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { DomainError } from "../../domain/errors";
import type { SqliteConnection } from "./connection";
import { assertCurrent } from "./format";
import type { SqliteSnapshot } from "./snapshot";
import type { WriteSide } from "./write-side";

/** What the system says of a file that it does not give, as the remedy that its operator has. */
const remedies: Readonly<Record<string, string>> = {
  ENOENT: "its folder does not exist; create it, or set FULCRUM_STORE to another path.",
  ENOTDIR: "a part of its path is no folder; set FULCRUM_STORE to another path.",
  EISDIR: "it is a folder; set FULCRUM_STORE to the path of a file.",
  EACCES: "this user may not create or read it; give the user that right.",
  EPERM: "this user may not create or read it; give the user that right.",
  EROFS: "it does not exist, and its disk can only be read.",
  ENOSPC: "the disk is full; make room.",
  EDQUOT: "the quota of its disk is used up; make room.",
};

/**
 * What to open for the store's file: its path, and before that the file itself, which nobody but its user may read, if
 * there is none. A file on a disk that can only be read is opened as one that does not change, since SQLite could not set
 * up its write-ahead log there; so it must have been closed, with nothing left in its log. Throws STORE_UNUSABLE.
 */
export function openableFile(path: string): string {
  try {
    if (!createPrivately(path) && isOnReadOnlyDisk(path)) {
      if ((statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0)
        throw unusable(
          path,
          "its disk can only be read, and its write-ahead log is not empty; open it once elsewhere.",
        );
      return `${pathToFileURL(path).href}?immutable=1`;
    }
    return path;
  } catch (cause) {
    const reason = remedies[(cause as NodeJS.ErrnoException).code ?? ""];
    throw reason ? unusable(path, reason, cause) : cause;
  }
}

/** False if the file was there before. */
function createPrivately(path: string): boolean {
  try {
    closeSync(openSync(path, "wx", 0o600));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    // A folder exists, too.
    closeSync(openSync(path, "r"));
    if (statSync(path).isDirectory()) throw Object.assign(new Error(), { code: "EISDIR" });
    return false;
  }
}

function isOnReadOnlyDisk(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EROFS";
  }
}

const unusable = (path: string, reason: string, cause?: unknown): DomainError =>
  new DomainError("STORE_UNUSABLE", `The store's file ${path} cannot be opened: ${reason}`, { cause });

/** The two sides of one file: reads that begin after a write of this process see what it wrote. */
export class SqliteFile {
  constructor(
    private readonly snapshot: SqliteSnapshot,
    private readonly writes: WriteSide,
  ) {}

  /** Does the work, which must not await, on one state of the file. Throws what the port promises. */
  read<T>(work: (connection: SqliteConnection) => T): Promise<T> {
    return this.snapshot.read(({ connection }) => work(connection));
  }

  /** Does the work in a transaction, all of it or nothing; it may be done anew. Throws what the port promises. */
  async write<T>(work: (connection: SqliteConnection) => T | Promise<T>): Promise<T> {
    const result = await this.writes.transaction((connection) => {
      assertCurrent(connection);
      return work(connection);
    });
    this.snapshot.release();
    return result;
  }
}
