import { setTimeout as wait } from "node:timers/promises";
import { DomainError } from "./domain/errors";
import type { Revision } from "./domain/graph/node";
import type { GraphStore } from "./domain/graph/port";
import { batchedLinks } from "./graphql/batched-links";
import type { GraphAccess, Snapshot } from "./graphql/context";
import { directLinks } from "./graphql/direct-links";
import type { GraphSource } from "./graphql/graph-source";
import { createTextCache } from "./graphql/text-cache";
import type { Companion } from "./store/memory/load-model";
import type { Followed, ModelFollower } from "./store/memory/model-follower";

/** How long a request waits for a revision that it wants to see, and between looks. */
const patienceMilliseconds = 1_500;
const pauseMilliseconds = 50;

/** From memory: one revision from a request's start to its end. From the store: what it holds at each question. */
export function createGraphSource(
  store: GraphStore,
  follower: ModelFollower<Companion>,
  readFrom: "memory" | "store",
): GraphSource {
  const textCache = createTextCache();
  const snapshotOf = ({ model }: Followed<Companion>): Snapshot => ({ view: model });

  const fromMemory = (current: Followed<Companion>, signal: AbortSignal): GraphAccess => {
    const { model } = current;
    const texts = textCache.over(model, () => store.reader({ signal }));
    return { revision: model.revision, links: directLinks(model, texts), snapshot: () => snapshotOf(current) };
  };
  const atLeast = async (revision: Revision, signal: AbortSignal): Promise<Followed<Companion>> => {
    const end = performance.now() + patienceMilliseconds;
    for (;;) {
      const current = await follower.caughtUp();
      if (current.model.revision >= revision) return current;
      if (performance.now() + pauseMilliseconds > end)
        throw new DomainError("STORE_UNAVAILABLE", `Revision ${revision} has not come.`);
      await wait(pauseMilliseconds, undefined, { signal });
    }
  };

  return {
    access: ({ signal, minRevision = 0 }) => {
      const { current } = follower;
      if (readFrom === "memory" && current) {
        if (current.model.revision >= minRevision) return fromMemory(current, signal);
        return atLeast(minRevision, signal).then((caughtUp) => fromMemory(caughtUp, signal));
      }
      return {
        links: batchedLinks(store.reader({ signal, after: minRevision })),
        snapshot: async () => snapshotOf(await follower.caughtUp()),
      };
    },
  };
}
