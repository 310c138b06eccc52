import type { GraphStore } from "../../src/domain/graph/port";
import type { ModelIndex } from "../../src/store/memory/load-model";
import { ModelFollower } from "../../src/store/memory/model-follower";
import type { ReadModel } from "../../src/store/memory/read-model";

/** The graph of a store in memory, once what is built from it is too. */
export async function followed(store: GraphStore, built: ModelIndex): Promise<ReadModel> {
  const { model, index } = await new ModelFollower(store, () => built).caughtUp();
  await index.get();
  return model;
}
