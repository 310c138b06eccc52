import type { KeyStore } from "./access/key-store";
import type { CacheUsage } from "./byte-cache";
import type { DraftStore } from "./drafts/draft-store";
import type { GraphStore } from "./graph/port";

/** All that one database keeps: the graph, and beside it what is not part of it. */
export interface Database extends GraphStore {
  readonly drafts: DraftStore;
  readonly keys: KeyStore;
  /** What the adapter keeps of what was read, to answer again without reading. */
  readonly caches: readonly CacheUsage[];
}
