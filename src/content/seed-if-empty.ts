import type { Actor } from "../domain/changes/change-set";
import { DomainError } from "../domain/errors";
import type { GraphStore } from "../domain/graph/port";
import { importFiles } from "./import-bank";
import type { RunOptions } from "./import/run-import";
import { checkFolder } from "./lint-folder";
import { lintText } from "./lint-text";

/**
 * Fills a store from a bank's folder if the store is empty or an earlier seeding was interrupted. Returns whether it
 * did. Throws INVALID_ARGUMENT, with every fault, if the files cannot be stored.
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

const seeder: Actor = { kind: "import", name: "seed" };

/**
 * Titles of a seeding's commits, such as "Seed the bank (2 of 7)". The last one's title shows that the seeding was
 * completed.
 */
const seedingTitle = (index: number, count: number): string => `Seed the bank (${index} of ${count})`;
const isLast = (title: string): boolean => {
  const match = /^Seed the bank \((\d+) of (\d+)\)$/.exec(title);
  return match !== null && match[1] === match[2];
};

const pageSize = 100;

/**
 * Returns "empty" if nothing was ever committed, "interrupted" if a seeding did not reach its last commit, and "filled"
 * if a seeding was completed or others filled the store.
 */
async function seedingState(store: GraphStore): Promise<"empty" | "interrupted" | "filled"> {
  let begun = false;
  for (let after = 0; ;) {
    const commits = await store.log({ after, first: begun ? pageSize : 1 });
    const last = commits.at(-1);
    if (!last) return begun ? "interrupted" : "empty";
    const own = commits.filter(({ actor }) => actor.kind === seeder.kind && actor.name === seeder.name);
    if (own.some(({ title }) => isLast(title)) || (!begun && own.length === 0)) return "filled";
    begun = true;
    after = last.revision;
  }
}
