import type { BankFile } from "./bank-file";
import type { FileFinding } from "./file-finding";
import type { ReadBank } from "./read-bank";
import { writeBank } from "./write-bank";

/** The files that would be written otherwise than they are. Files that could not be read whole are left out. */
export function uncanonicalFiles(
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

/** A finding for each file that is not in canonical form, at the first line that differs. */
export function canonicalFindings(files: readonly BankFile[], bank: ReadBank): FileFinding[] {
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
