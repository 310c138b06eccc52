import { DomainError } from "../../domain/errors";
import type { GraphReader, ScanItem } from "../../domain/graph/port";
import type { Revision } from "../../domain/graph/node";
import { type Head, scan } from "./head";
import { count, facets, list } from "./lists";
import { counts, neighbours } from "./neighbours";

export interface ReaderOptions {
  readonly signal?: AbortSignal;
  readonly after?: Revision;
}

/** Reads the head of the moment, anew on each call. */
export function memoryReader(currentHead: () => Head, { signal, after = 0 }: ReaderOptions): GraphReader {
  const head = (): Head => {
    if (signal?.aborted) throw abortError(signal);
    const current = currentHead();
    if (current.model.revision < after) {
      throw new DomainError(
        "STORE_UNAVAILABLE",
        `Revision ${after} is not there yet; the latest is ${current.model.revision}.`,
      );
    }
    return current;
  };
  const model = () => head().model;
  return {
    nodes: async (ids) => {
      const current = model();
      return existing(ids, (id) => current.node(id));
    },
    texts: async (ids) => {
      const { texts } = head();
      return existing(ids, (id) => texts.get(id));
    },
    idsBySlug: async (kind, slugs) => {
      const current = model();
      return existing(slugs, (slug) => {
        const owner = current.slugOwner(kind, slug);
        return owner && current.node(owner)?.id;
      });
    },
    neighbours: async (query) => neighbours(model(), query),
    counts: async (query) => counts(model(), query),
    list: async (query) => list(model(), query),
    count: async (query) => count(model(), query),
    facets: async (query) => facets(model(), query),
    revision: async () => model().revision,
    async *scan(): AsyncIterable<ScanItem> {
      for (const item of scan(head())) {
        if (signal?.aborted) throw abortError(signal);
        yield item;
      }
    },
  };
}

function abortError(signal: AbortSignal): DomainError {
  if (signal.reason instanceof DomainError) return signal.reason;
  return new DomainError("ABORTED", "The caller ended the read.", { cause: signal.reason });
}

/** The values that exist, by key. */
function existing<K, V>(keys: readonly K[], valueOf: (key: K) => V | undefined): ReadonlyMap<K, V> {
  const found = new Map<K, V>();
  for (const key of keys) {
    const value = valueOf(key);
    if (value !== undefined) found.set(key, value);
  }
  return found;
}
