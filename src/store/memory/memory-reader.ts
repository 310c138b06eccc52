import { DomainError } from "../../domain/errors";
import type { GraphReader, NeighboursQuery, ScanItem } from "../../domain/graph/port";
import type { Revision } from "../../domain/graph/node";
import type { NodeId } from "../../domain/ids";
import { relations } from "../../domain/ontology/relations";
import { deepFreeze } from "../../domain/deep-freeze";
import { type Head, scan } from "./head";
import { owns } from "./neighbours";
import type { ReadModel } from "./read-model";

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
    neighbours: async (query) => eachOwner(model(), query, (view, id) => deepFreeze(view.page(query, id))),
    counts: async (query) => eachOwner(model(), query, (view, id) => view.count(query, id)),
    list: async (query) => model().list(query),
    count: async (query) => model().total(query),
    facets: async (query) => model().facets(query),
    revision: async () => model().revision,
    async *scan(options): AsyncIterable<readonly ScanItem[]> {
      for (const page of scan(head(), options)) {
        if (signal?.aborted) throw abortError(signal);
        yield page;
      }
    },
  };
}

function abortError(signal: AbortSignal): DomainError {
  if (signal.reason instanceof DomainError) return signal.reason;
  return new DomainError("ABORTED", "The caller ended the read.", { cause: signal.reason });
}

/** The answers for the nodes that the relation leads from. */
function eachOwner<T>(
  model: ReadModel,
  { relation, of }: Pick<NeighboursQuery, "relation" | "of">,
  answer: (model: ReadModel, id: NodeId) => T,
): ReadonlyMap<NodeId, T> {
  return new Map(of.filter((id) => owns(model, relations[relation], id)).map((id) => [id, answer(model, id)]));
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
