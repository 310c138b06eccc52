import type { Actor } from "../../domain/changes/change-set";
import type { GraphStore } from "../../domain/graph/port";

/** The author of the commits that fill an empty store. */
export const seeder: Actor = { kind: "import", name: "seed" };

/** The title tells the last commit of a seeding from the others: that is how an interrupted one is known. */
export const seedingTitle = (index: number, count: number): string => `Seed the bank (${index} of ${count})`;
const isLast = (title: string): boolean => {
  const match = /^Seed the bank \((\d+) of (\d+)\)$/.exec(title);
  return match !== null && match[1] === match[2];
};

const pageSize = 100;

/**
 * - "empty": nothing was ever committed.
 * - "interrupted": a seeding was begun and did not reach its last commit.
 * - "filled": a seeding was ended, or others filled the store.
 */
export async function seedingState(store: GraphStore): Promise<"empty" | "interrupted" | "filled"> {
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
