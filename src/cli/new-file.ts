import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { link, lstat, open, realpath, rename, rm, stat } from "node:fs/promises";
import { constants } from "node:os";
import path from "node:path";
import { DomainError } from "../domain/errors";

export interface NewFileOptions {
  /** True if an existing file may be replaced. */
  readonly force: boolean;
  /** A file that must not be replaced, whatever name it is given; null if there is none. */
  readonly never: string | null;
}

/**
 * Makes a file that only its owner can read. `write` fills a draft in the same folder. The draft gets the file's name
 * once it is whole and on the disk; it is removed if anything fails. Throws INVALID_ARGUMENT for a name that cannot be
 * used, before anything is written, and for failures of the file system that have a known reason.
 */
export async function makeFile<T>(
  name: string,
  { force, never }: NewFileOptions,
  write: (draft: string) => Promise<T>,
): Promise<T> {
  const target = path.resolve(name);
  await assertUsable(name, target, force, never);
  const draft = `${target}.${randomUUID().slice(0, 8)}.tmp`;
  const drafts = ["", "-wal", "-shm", "-journal"].map((suffix) => `${draft}${suffix}`);
  const signals = onSignals(() => drafts.forEach((each) => rmSync(each, { force: true })));
  try {
    await (await open(draft, "wx", 0o600)).close();
    const result = await write(draft);
    await flush(draft);
    if (force) await rename(draft, target);
    else await renameToNew(draft, target);
    await flush(path.dirname(target));
    return result;
  } catch (error) {
    throw fileFailure(error, name, draft);
  } finally {
    signals.ignore();
    await Promise.all(drafts.map((each) => rm(each, { force: true })));
  }
}

/** Calls `before` when SIGINT, SIGTERM or SIGHUP ends the program, until `ignore` is called. */
function onSignals(before: () => void) {
  const end = (signal: NodeJS.Signals): never => {
    before();
    process.exit(128 + constants.signals[signal]);
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.once(signal, end);
  return { ignore: () => signals.forEach((signal) => process.removeListener(signal, end)) };
}

async function assertUsable(name: string, target: string, force: boolean, never: string | null): Promise<void> {
  const refused = (because: string) => new DomainError("INVALID_ARGUMENT", `${name} ${because}`);
  if (never !== null && (await isSame(target, path.resolve(never)))) throw refused("is the store itself.");
  const found = await lstat(target).catch(() => null);
  if (found?.isDirectory()) throw refused("is a folder; name a file in it.");
  if (found && !force) throw refused("is there already; give another name, or --force to replace it.");
  for (const suffix of ["-wal", "-journal"])
    if (await lstat(`${target}${suffix}`).catch(() => null))
      throw refused(`cannot be made: ${name}${suffix} lies beside it, of a program that has a file of this name open.`);
}

async function isSame(a: string, b: string): Promise<boolean> {
  const [first, second] = await Promise.all([a, b].map((each) => stat(each).catch(() => null)));
  if (first && second) return first.ino === second.ino && first.dev === second.dev;
  return (await real(a)) === (await real(b));
}

const real = async (file: string): Promise<string> =>
  path.join(await realpath(path.dirname(file)).catch(() => path.dirname(file)), path.basename(file));

/** Renames without ever replacing another file. */
async function renameToNew(draft: string, target: string): Promise<void> {
  try {
    await link(draft, target);
  } catch (error) {
    // Some file systems have no hard links.
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"].includes((error as NodeJS.ErrnoException).code ?? ""))
      throw error;
    await rename(draft, target);
  }
}

/** Waits until a file or folder is on the disk. */
async function flush(file: string): Promise<void> {
  const handle = await open(file, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const reasons: Readonly<Record<string, string>> = {
  EEXIST: "is there by now; give another name, or --force to replace it.",
  ENOENT: "cannot be made: its folder does not exist.",
  ENOTDIR: "cannot be made: what should be its folder is a file.",
  EACCES: "cannot be made: its folder may not be written.",
  EPERM: "cannot be made: its folder may not be written.",
  EROFS: "cannot be made: the file system may only be read.",
  ENOSPC: "cannot be written: the disk is full.",
  EDQUOT: "cannot be written: the quota is used up.",
};

function fileFailure(error: unknown, name: string, draft: string): unknown {
  if (error instanceof DomainError)
    return new DomainError(error.code, error.message.replaceAll(draft, name), { cause: error });
  const reason = reasons[(error as NodeJS.ErrnoException).code ?? ""];
  return reason === undefined ? error : new DomainError("INVALID_ARGUMENT", `${name} ${reason}`, { cause: error });
}
