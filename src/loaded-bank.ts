import type { AppliedChange, NodeState } from "./domain/changes/change-set";
import type { GraphView } from "./domain/graph/graph-view";
import type { Revision } from "./domain/graph/node";
import type { TextCache } from "./graphql/text-cache";
import { Indexes } from "./search/indexes";
import type { ModelIndex } from "./store/memory/load-model";

/** What is made of every node of a bank, with its texts, while they are read once. */
export class LoadedBank implements ModelIndex {
  readonly indexes = new Indexes();

  /** Without `texts`, no texts are kept. */
  constructor(private readonly texts?: TextCache) {
    texts?.restart();
  }

  put(node: NodeState, revision: Revision): void {
    this.indexes.put(node);
    this.texts?.put(node, revision);
  }

  loaded(): void {
    this.texts?.loaded();
  }

  apply(changes: readonly AppliedChange[], revision: Revision, before: GraphView): void {
    this.indexes.apply(changes);
    this.texts?.apply(changes, revision, before);
  }
}
