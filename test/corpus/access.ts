import type { Database } from "../../src/domain/database";
import { cacheSizes } from "../../src/cache-budgets";
import { createGraphSource } from "../../src/create-graph-source";
import type { GraphQLContext } from "../../src/graphql/context";
import type { GraphAccess } from "../../src/graphql/graph-access";
import type { GraphSource } from "../../src/graphql/graph-access";
import { TextCache } from "../../src/graphql/text-cache";
import { LoadedBank } from "../../src/create-graph-source";
import { ModelFollower } from "../../src/store/memory/model-follower";

const never = new AbortController().signal;

/** The way to the graph through a model in memory that has caught up. */
export async function accessToMemory(store: Database): Promise<CorpusAccess> {
  const follower = new ModelFollower(store, () => new LoadedBank());
  await follower.caughtUp();
  return accessOf(createGraphSource(store, follower, "memory", new TextCache(cacheSizes.texts)));
}

/** The way that asks the store each time. */
export const accessToStore = async (store: Database): Promise<CorpusAccess> =>
  accessOf(
    createGraphSource(
      store,
      new ModelFollower(store, () => new LoadedBank()),
      "store",
      new TextCache(cacheSizes.texts),
    ),
  );

/** The way to a graph, and to what mutations need. */
export type CorpusAccess = Pick<GraphQLContext, "authoring"> & GraphAccess;

const accessOf = (source: GraphSource): CorpusAccess => ({
  ...source.published({ ending: { signal: never } }),
  authoring: source.authoring,
});
