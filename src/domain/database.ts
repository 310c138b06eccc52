import type { KeyStore } from "./access/key-store";
import type { DraftStore } from "./drafts/draft-store";
import type { GraphStore } from "./graph/port";

/** All that one database keeps: the graph, and beside it what is not part of it. */
export interface Database extends GraphStore {
  readonly drafts: DraftStore;
  readonly keys: KeyStore;
}
