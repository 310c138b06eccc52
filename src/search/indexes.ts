import type { AppliedChange, NodeState } from "../domain/changes/change-set";
import { WordIndex } from "../domain/recommendation/word-index";
import { SearchIndex } from "./search-index";

/** What is built from every node of a graph, beside the graph itself, and kept up with it. */
export class Indexes {
  readonly search = new SearchIndex();
  /** The words of its questions. */
  readonly words = new WordIndex();

  put(node: NodeState): void {
    this.search.put(node);
    this.words.put(node);
  }

  apply(changes: readonly AppliedChange[]): void {
    this.search.apply(changes);
    this.words.apply(changes);
  }
}
