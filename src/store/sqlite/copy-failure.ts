import { DomainError } from "../../domain/errors";
import { codes, primaryCode, translated } from "./driver-errors";

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
