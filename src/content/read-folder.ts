import { isUtf8 } from "node:buffer";
import { lstat, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { DomainError } from "../domain/errors";
import { compareText } from "../domain/graph/order";
import { isSlugOf } from "../domain/ids";
import { nearNames } from "../domain/near-names";
import type { NodeKind } from "../domain/ontology/node-kinds";
import type { BankFile } from "./bank-file";
import { type FileFinding, fileStart, type ShapeRule } from "./file-finding";
import { settingsFile } from "./lint-settings";
import { extensionOf, fileKinds, folderOf } from "./layout";

/** The largest file in bytes. Files of a bank are written by hand, so a larger one is not one of them. */
const sizeLimit = 1_000_000;
const openAtOnce = 64;

export interface ReadFolder {
  /** Files in the order of their folders and names. */
  readonly files: readonly BankFile[];
  /** Files that stand for a node but could not be read. */
  readonly unread: readonly Omit<BankFile, "text">[];
  readonly findings: readonly FileFinding[];
  /** The text of `lint.yaml`; absent without such a readable file. */
  readonly settings?: string;
}

/**
 * Reads the files of a bank's folder, and reports files that do not belong there. Does not follow symbolic links.
 * Throws INVALID_ARGUMENT if the folder cannot be listed.
 */
export async function readFolder(dir: string): Promise<ReadFolder> {
  const files: BankFile[] = [];
  const unread: Omit<BankFile, "text">[] = [];
  const findings: FileFinding[] = [];
  let settings: string | null = null;
  const report = (rule: ShapeRule, file: string, message: string, hint?: string) =>
    findings.push({
      rule,
      severity: "error",
      structural: true,
      file,
      ...fileStart,
      message,
      ...(hint ? { hint } : {}),
    });

  const folders = new Map(fileKinds.map((kind) => [folderOf(kind), kind]));
  for (const entry of await list(dir)) {
    const kind = folders.get(entry.name);
    if (kind && entry.isDirectory()) {
      const named = await namesIn(dir, entry.name, kind, report);
      for (let start = 0; start < named.length; start += openAtOnce) {
        const some = named.slice(start, start + openAtOnce);
        const texts = await Promise.all(some.map(({ path }) => readText(join(dir, path), path, report)));
        some.forEach((file, index) => {
          const text = texts[index] ?? null;
          if (text === null) unread.push(file);
          else files.push({ ...file, text });
        });
      }
    } else if (entry.name === settingsFile && entry.isFile()) {
      settings = await readText(join(dir, entry.name), entry.name, report);
    } else if (!entry.name.startsWith(".") && !isNotes(entry.name)) {
      const near = nearNames(entry.name, folders.keys())[0];
      report(
        "unexpected-file",
        entry.name,
        `${entry.name} is not a folder of a bank.`,
        near && `Did you mean ${near}/?`,
      );
    }
  }
  return { files, unread, findings, ...(settings === null ? {} : { settings }) };
}

type Report = (rule: ShapeRule, file: string, message: string, hint?: string) => void;

/** True for a README, a licence or a notice, which may lie beside the folders. */
const isNotes = (name: string): boolean => /^(README|LICENSE|NOTICE)(\.\w+)?$/.test(name);

async function list(dir: string) {
  try {
    const entries = await readdir(dir, { withFileTypes: true });
    return entries.sort((a, b) => compareText(a.name, b.name));
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    throw new DomainError("INVALID_ARGUMENT", `The folder ${dir} cannot be read (${code}).`, { cause });
  }
}

async function namesIn(dir: string, folder: string, kind: NodeKind, report: Report): Promise<Omit<BankFile, "text">[]> {
  const extension = extensionOf(kind);
  const found: Omit<BankFile, "text">[] = [];
  for (const entry of await list(join(dir, folder))) {
    const path = `${folder}/${entry.name}`;
    if (entry.name.startsWith(".")) continue;
    if (!entry.isFile()) {
      const what = entry.isSymbolicLink() ? "a symbolic link" : entry.isDirectory() ? "a folder" : "no regular file";
      report("unexpected-file", path, `${path} is ${what}; only files are read.`);
    } else if (!entry.name.endsWith(extension)) {
      report("unexpected-file", path, `${path} must end in ${extension}.`);
    } else {
      const slug = entry.name.slice(0, -extension.length);
      if (isSlugOf(kind, slug)) found.push({ path, kind, slug });
      else report("invalid-slug", path, `The file's name must be a kebab-case slug, but got: ${JSON.stringify(slug)}.`);
    }
  }
  return found;
}

async function readText(place: string, path: string, report: Report): Promise<string | null> {
  const { size } = await lstat(place);
  if (size > sizeLimit) {
    report("unreadable", path, `The file has ${size} bytes; at most ${sizeLimit} are read.`);
    return null;
  }
  const bytes = await readFile(place);
  const text = isUtf8(bytes) ? bytes.toString("utf8") : null;
  if (text === null) report("unreadable", path, "The file is not UTF-8 text.");
  else if (!text.includes("\0")) return text;
  else report("unreadable", path, "The file holds NUL characters, so it is no text.");
  return null;
}
