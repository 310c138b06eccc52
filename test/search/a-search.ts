import type { Changes } from "../builders/changes";
import { commit } from "../builders/changes";
import type { GraphStore } from "../../src/domain/graph/port";
import type { SearchQuery } from "../../src/search/found";
import { SearchIndex } from "../../src/search/search-index";
import { atOnce } from "../builders/at-once";
import { followed } from "../builders/followed";
import { createMemoryStore } from "../../src/store/memory/memory-store";
import type { ReadModel } from "../../src/store/memory/read-model";

export interface SearchedBank {
  readonly store: GraphStore;
  readonly index: SearchIndex;
  readonly view: ReadModel;
  /** The ids of the hits, in order. */
  find(text: string, options?: Partial<SearchQuery>): string[];
  didYouMean(text: string): string | null;
  suggest(text: string): string[];
}

/** An index of a bank, built as a server builds it. */
export async function aSearch(changes: Changes): Promise<SearchedBank> {
  const store = createMemoryStore();
  await commit(store, changes);
  const index = new SearchIndex();
  const view = await followed(store, index);
  return {
    store,
    index,
    view,
    find: (text, options = {}) => atOnce(index.search({ text, max: 20, ...options }, view)).hits.map(({ id }) => id),
    didYouMean: (text) => atOnce(index.search({ text, max: 20 }, view)).didYouMean,
    suggest: (text) => atOnce(index.suggest({ text, max: 10 }, view)).map(({ id, name }) => `${id} ${name}`),
  };
}
