import type { GraphStore } from "../../src/domain/graph/port";
import { createGraphSource } from "../../src/create-graph-source";
import type { GraphAccess } from "../../src/graphql/context";
import { ModelFollower } from "../../src/store/memory/model-follower";

const nothing = () => ({ put: () => undefined, apply: () => undefined });
const never = new AbortController().signal;

/** The way to the graph through a model in memory that has caught up. */
export async function accessToMemory(store: GraphStore): Promise<GraphAccess> {
  const follower = new ModelFollower(store, nothing);
  await follower.caughtUp();
  return createGraphSource(store, follower, "memory").published({ signal: never });
}

/** The way that asks the store each time. */
export const accessToStore = async (store: GraphStore): Promise<GraphAccess> =>
  createGraphSource(store, new ModelFollower(store, nothing), "store").published({ signal: never });
