import { isMap, isSeq, type YAMLMap } from "yaml";
import { z } from "zod";
import { nearNames, didYouMean } from "../domain/near-names";
import { allRules } from "../domain/rules/run-rules";
import { type FileFinding, fileStart, type Spot } from "./file-finding";
import { entriesIn } from "./yaml-map";
import { parseYaml } from "./yaml-syntax";

/** The file that sets how a bank's folder is judged. */
export const settingsFile = "lint.yaml";

const exceptionSchema = z.strictObject({
  rule: z.string().min(1),
  subject: z.string().min(1),
  says: z.string().min(1).optional(),
  reason: z.string().min(10, "must say why"),
});
const settingsSchema = z.strictObject({
  editorial: z.boolean().optional(),
  exceptions: z.array(exceptionSchema).optional(),
});

export interface LintException extends z.infer<typeof exceptionSchema> {
  /** The place of the exception in `lint.yaml`. */
  readonly spot: Spot;
}

export interface LintSettings {
  /** True if the bank is also judged by the rules for a finished bank. */
  readonly editorial: boolean;
  readonly exceptions: readonly LintException[];
  readonly findings: readonly FileFinding[];
}

/**
 * Reads `lint.yaml`; undefined is an absent file. An exception that is malformed or not permitted is a finding and
 * excuses nothing.
 */
export function readLintSettings(text: string | undefined): LintSettings {
  const findings: FileFinding[] = [];
  const report = (spot: Spot, message: string, hint?: string): void => {
    findings.push({
      rule: "lint-settings",
      severity: "error",
      structural: false,
      file: settingsFile,
      ...spot,
      message,
      ...(hint ? { hint } : {}),
    });
  };
  const none = { editorial: false, exceptions: [], findings };
  if (text === undefined) return none;
  const { root, spot } = parseYaml(text, (_, at, message, hint) => report(at, message, hint));
  if (!root) return none;
  const spots = exceptionOffsets(root).map(spot);
  const parsed = settingsSchema.safeParse(root.toJSON());
  for (const { path, message } of parsed.error?.issues ?? []) {
    const at = typeof path[1] === "number" ? spots[path[1]] : undefined;
    report(at ?? fileStart, `${path.join(".") || settingsFile}: ${message}.`);
  }
  const { editorial = false, exceptions = [] } = parsed.data ?? {};
  const placed = exceptions.map((each, index) => ({ ...each, spot: spots[index] ?? fileStart }));
  return { editorial, exceptions: placed.filter((each) => mayBeMade(each, report)), findings };
}

function exceptionOffsets(root: YAMLMap): number[] {
  const list = entriesIn(root, () => undefined).find(({ key }) => key === "exceptions")?.value;
  return isSeq(list) ? list.items.map((item) => (isMap(item) ? (item.range?.[0] ?? 0) : 0)) : [];
}

function mayBeMade(
  { rule, spot }: LintException,
  report: (spot: Spot, message: string, hint?: string) => void,
): boolean {
  const known = allRules.find(({ code }) => code === rule);
  if (known && !known.structural) return true;
  if (known) report(spot, `There is no exception to ${rule}: no store would take the bank.`, "Mend what it finds.");
  else {
    const codes = allRules.filter(({ structural }) => !structural).map(({ code }) => code);
    report(spot, `There is no rule ${JSON.stringify(rule)}.`, didYouMean(nearNames(rule, codes)).trim());
  }
  return false;
}
