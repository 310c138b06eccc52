import { DomainError } from "../domain/errors";
import type { GraphStore } from "../domain/graph/port";
import { importFiles } from "./import/import-files";
import type { RunOptions } from "./import/run-import";
import { seeder, seedingState, seedingTitle } from "./import/seeding-log";
import { checkFolder } from "./lint-folder";
import { lintText } from "./lint-text";

/**
 * Fills a store from a bank's folder if it is empty or a former such seeding was cut short; else leaves it as it is.
 * Tells whether it did. Throws INVALID_ARGUMENT, with every fault, when the files could not be stored.
 */
export async function seedIfEmpty(
  store: GraphStore,
  dir: string,
  options: Pick<RunOptions, "onCommit" | "limits"> = {},
): Promise<boolean> {
  if ((await seedingState(store)) === "filled") return false;
  const { bank, findings: faults } = await checkFolder(dir);
  if (faults.length > 0)
    throw new DomainError("INVALID_ARGUMENT", `The bank cannot be stored:\n${lintText(faults, dir)}`);
  await importFiles(store, bank, { actor: seeder, title: seedingTitle, ...options });
  return true;
}
