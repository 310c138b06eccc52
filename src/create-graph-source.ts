import type { GraphStore } from "./domain/graph/port";
import { batchedLinks } from "./graphql/batched-links";
import type { Snapshot } from "./graphql/context";
import { directLinks } from "./graphql/direct-links";
import type { GraphSource } from "./graphql/graph-source";
import type { WordIndex } from "./domain/recommendation/word-index";
import type { Followed, ModelFollower } from "./store/memory/model-follower";

/** From memory: one revision from a request's start to its end. From the store: what it holds at each question. */
export function createGraphSource(
  store: GraphStore,
  follower: ModelFollower<WordIndex>,
  readFrom: "memory" | "store",
): GraphSource {
  const snapshotOf = ({ model, companion }: Followed<WordIndex>): Snapshot => ({ view: model, words: companion });
  return {
    access: (signal) => {
      const links = batchedLinks(store.reader({ signal }));
      const current = follower.current;
      if (readFrom === "memory" && current) {
        return { links: directLinks(current.model, links.texts), snapshot: () => snapshotOf(current) };
      }
      return { links, snapshot: async () => snapshotOf(await follower.caughtUp()) };
    },
  };
}
