import { setTimeout as wait } from "node:timers/promises";
import { DomainError } from "../../domain/errors";

/** Primary result codes of SQLite, see https://www.sqlite.org/rescode.html. */
const codes = {
  PERM: 3,
  BUSY: 5,
  LOCKED: 6,
  NOMEM: 7,
  READONLY: 8,
  INTERRUPT: 9,
  IOERR: 10,
  CORRUPT: 11,
  FULL: 13,
  CANTOPEN: 14,
  PROTOCOL: 15,
  NOLFS: 22,
  AUTH: 23,
  NOTADB: 26,
} as const;

/** What is over by itself after a while. */
const unavailable = new Map<number, string>([
  [codes.BUSY, "The store is busy: another process holds its lock."],
  [codes.LOCKED, "The store is busy: another connection holds its lock."],
  [codes.NOMEM, "The store ran out of memory."],
  [codes.INTERRUPT, "The store was interrupted."],
  [codes.IOERR, "The store's file cannot be read or written."],
  [codes.PROTOCOL, "The store is busy: its lock could not be taken."],
]);

/** What stays until somebody mends it. */
const unusable = new Map<number, string>([
  [codes.PERM, "The store's file may not be accessed."],
  [codes.READONLY, "The store's file may not be written; it can be served for reading, with FULCRUM_MIGRATE=off."],
  [codes.CORRUPT, "The store's file is damaged; restore it from a backup."],
  [codes.FULL, "The store's file cannot grow: the disk or its quota is full."],
  [codes.CANTOPEN, "The store's file cannot be opened."],
  [codes.NOLFS, "The store's file is too large for this system."],
  [codes.AUTH, "The store's file may not be accessed."],
]);

/** Whether another connection holds a lock, so that the same may succeed a little later. */
export const isBusy = (error: unknown): boolean => primaryCode(error) === codes.BUSY;

/** What the port promises for a failure of the driver, by its code; any other error as it is. */
export function translated(error: unknown): unknown {
  const code = primaryCode(error);
  if (code === codes.NOTADB)
    return new DomainError("STORE_MISMATCH", "The store's file is not a SQLite database.", { cause: error });
  if (code === undefined) return error;
  const [passing, lasting] = [unavailable.get(code), unusable.get(code)];
  if (passing !== undefined) return new DomainError("STORE_UNAVAILABLE", passing, { cause: error });
  return lasting === undefined ? error : new DomainError("STORE_UNUSABLE", lasting, { cause: error });
}

/** SQLITE_IOERR_SHMSIZE: no room for the index of the write-ahead log, for which SQLite has no other code. */
const noRoomForIndex = 4_874;

// The low byte of an extended code, such as SQLITE_BUSY_RECOVERY, is the primary one.
function primaryCode(error: unknown): number | undefined {
  const code = typeof error === "object" && error !== null && "errcode" in error ? error.errcode : undefined;
  if (typeof code !== "number") return undefined;
  return code === noRoomForIndex ? codes.FULL : code & 0xff;
}

/** What to say of a copy that failed: which of the two files it is about, where SQLite's code tells. */
export function copyFailure(error: unknown, from: string, to: string): unknown {
  const because = (message: string) => new DomainError("STORE_UNUSABLE", message, { cause: error });
  switch (primaryCode(error instanceof DomainError ? error.cause : error)) {
    case codes.FULL:
      return because(`${to} cannot be written: the disk or its quota is full.`);
    case codes.CANTOPEN:
    case codes.READONLY:
    case codes.PERM:
      return because(`${to} cannot be opened or written.`);
    case codes.IOERR:
      return because(`${from} cannot be read, or ${to} cannot be written.`);
    case codes.CORRUPT:
      return because(`${from} is damaged.`);
    case codes.NOTADB:
      return because(`${from} is not a SQLite database.`);
    default:
      return translated(error);
  }
}

/** How long a lock of another process is waited for. */
export const maxRetryMilliseconds = 3000;
const pauseMilliseconds = 10;

/**
 * Does the work, again and again while another process holds a lock that it needs. The waiting is ours and not SQLite's,
 * whose busy timeout would stop the event loop. Throws what the port promises.
 */
export async function retryWhileBusy<T>(
  work: () => T,
  deadline = performance.now() + maxRetryMilliseconds,
): Promise<T> {
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || performance.now() >= deadline) throw translated(error);
    }
    await wait(pauseMilliseconds);
  }
}
