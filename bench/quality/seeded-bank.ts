import path from "node:path";
import { seedIfEmpty } from "../../src/content/seed-if-empty";
import type { ReadModel } from "../../src/store/memory/read-model";
import type { ModelIndex } from "../../src/store/memory/load-model";
import { ModelFollower } from "../../src/store/memory/model-follower";
import { createMemoryStore } from "../../src/store/memory/memory-store";

export const root = path.resolve(__dirname, "..", "..");

/** The bank of seed/ in memory. */
export async function seededBank(index: ModelIndex): Promise<ReadModel> {
  const store = createMemoryStore();
  await seedIfEmpty(store, path.join(root, "seed"));
  const followed = await new ModelFollower(store, () => index).caughtUp();
  await followed.index.get();
  return followed.model;
}
