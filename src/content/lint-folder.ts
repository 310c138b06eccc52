import { ownerIdOf } from "../domain/ids";
import type { BankFile } from "./bank-file";
import type { FileFinding } from "./file-finding";
import { byPlace, lintBank } from "./lint-bank";
import { type LintException, readLintSettings, settingsFile } from "./lint-settings";
import { type ReadBank, readBank } from "./read-bank";
import { type ReadFolder, readFolder } from "./read-folder";
import { writeBank, writeFiles } from "./write-bank";

interface LintedFolder {
  readonly bank: ReadBank;
  readonly fileCount: number;
  /** Findings ordered by file, line and column. */
  readonly findings: readonly FileFinding[];
}

/** Reads and lints the bank in a folder. Throws INVALID_ARGUMENT if the folder cannot be read. */
export const lintFolder = async (dir: string): Promise<LintedFolder> => lintFiles(await readFolder(dir));

/**
 * Lints the files of a bank: first the form of each, then the rules over the whole bank, as deep as its settings say.
 */
export async function lintFiles(
  { files, unread, findings, settings }: ReadFolder,
  today?: string,
): Promise<LintedFolder> {
  const bank = readBank(files, unread);
  const { editorial, exceptions, findings: faults } = readLintSettings(settings);
  const found = [...findings, ...faults, ...canonicalFindings(files, bank)];
  const depth = editorial ? "editorial" : "basic";
  const judged = await lintBank(bank, { depth, ...(today === undefined ? {} : { today }) }, found);
  return { bank, fileCount: files.length, findings: excuse(judged, exceptions, bank) };
}

/**
 * Reads the bank in a folder, and reports only faults that no store accepts. Throws INVALID_ARGUMENT if the folder
 * cannot be read.
 */
export async function checkFolder(dir: string): Promise<LintedFolder> {
  const { files, unread, findings } = await readFolder(dir);
  const bank = readBank(files, unread);
  return { bank, fileCount: files.length, findings: await lintBank(bank, { depth: "structural" }, findings) };
}

/**
 * Rewrites the files of a bank that are not in canonical form, and returns their paths. Writes nothing and returns null
 * if some file cannot be read whole, since unreadable parts would be lost.
 */
export async function fixFolder(dir: string): Promise<readonly string[] | null> {
  const { files, unread, findings } = await readFolder(dir);
  const bank = readBank(files, unread);
  if (findings.length > 0 || bank.findings.length > 0) return null;
  const changed = uncanonicalFiles(files, bank).map(({ canonical }) => canonical);
  await writeFiles(dir, changed);
  return changed.map(({ path }) => path);
}

/** Returns the files whose canonical text differs. Files that could not be read whole are left out. */
function uncanonicalFiles(
  files: readonly BankFile[],
  bank: ReadBank,
): { readonly is: BankFile; readonly canonical: BankFile }[] {
  const faulty = new Set(bank.findings.map(({ file }) => file));
  const canonical = new Map(writeBank(bank).map((file) => [file.path, file]));
  return files.flatMap((is) => {
    const wanted = canonical.get(is.path);
    return !wanted || faulty.has(is.path) || wanted.text === is.text ? [] : [{ is, canonical: wanted }];
  });
}

/** Returns a finding for each file that is not in canonical form, at the first line that differs. */
function canonicalFindings(files: readonly BankFile[], bank: ReadBank): FileFinding[] {
  return uncanonicalFiles(files, bank).map(({ is, canonical }) => {
    const [own, wanted] = [is.text.split("\n"), canonical.text.split("\n")];
    const line = own.findIndex((text, index) => text !== wanted[index]);
    return {
      rule: "canonical-form",
      severity: "error",
      structural: false,
      file: is.path,
      line: line < 0 ? own.length : line + 1,
      column: 1,
      message: "From here on, the file is not in canonical form.",
      hint: "Run fulcrum lint --fix.",
    };
  });
}

/**
 * Removes excused findings, and adds one for each exception that excuses nothing. An exception is not judged while its
 * file cannot be read whole.
 */
function excuse(
  findings: readonly FileFinding[],
  exceptions: readonly LintException[],
  bank: ReadBank,
): readonly FileFinding[] {
  const idle = new Set(exceptions);
  const left = findings.filter((finding) => {
    const fitting = exceptions.filter((each) => covers(each, finding));
    for (const each of fitting) idle.delete(each);
    return fitting.length === 0;
  });
  const doubtful = new Set(
    [...bank.unread, ...[...bank.flawed].map(ownerIdOf)].map((id) => bank.places.find(id, [])?.file),
  );
  const faulty = new Set(findings.filter(({ structural }) => structural).map(({ file }) => file));
  const unneeded = [...idle].filter(({ subject }) => !doubtful.has(subject) && !faulty.has(subject)).map(idleFinding);
  return unneeded.length === 0 ? left : [...left, ...unneeded].sort(byPlace);
}

const covers = ({ rule, subject, says }: LintException, finding: FileFinding): boolean =>
  finding.rule === rule && finding.file === subject && (says === undefined || finding.message.includes(says));
const idleFinding = ({ rule, subject, says, spot }: LintException): FileFinding => ({
  rule: "idle-exception",
  severity: "error",
  structural: false,
  file: settingsFile,
  ...spot,
  message: `Nothing that ${rule} finds in ${subject}${says === undefined ? "" : ` says ${JSON.stringify(says)}`}.`,
  hint: "Remove the exception, or name the file that it is about.",
});
