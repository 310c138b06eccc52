import { ownerIdOf } from "../domain/ids";
import type { FileFinding } from "./file-finding";
import { byPlace } from "./lint-bank";
import { type LintException, settingsFile } from "./lint-settings";
import type { ReadBank } from "./read-bank";

/**
 * The findings without those that an exception excuses, and with one for each exception that excuses nothing. While its
 * file cannot be read whole, an exception is not judged.
 */
export function excuse(
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
