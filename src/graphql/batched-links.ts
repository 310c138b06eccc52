import DataLoader from "dataloader";
import { DomainError } from "../domain/errors";
import type { GraphNode, Link } from "../domain/graph/node";
import type { GraphReader, LinkPage } from "../domain/graph/port";
import type { NodeId, Slug } from "../domain/ids";
import type { NodeKind } from "../domain/ontology/node-kinds";
import type { LinkQuery, Links } from "./links";

const emptyPage: LinkPage = Object.freeze({ links: Object.freeze([] as Link[]), hasNext: false });
const noTexts: Readonly<Record<string, string>> = Object.freeze({});

/** Links over a store: one DataLoader for each relation and its arguments, keyed by parent. Make one a request. */
export function batchedLinks(store: GraphReader): Links {
  const reader = failFastReader(store);
  const known = new Map<NodeId, GraphNode>();
  const remember = (node: GraphNode): void => void known.set(node.id, node);

  const nodes = byKey<NodeId, GraphNode | null>(async (ids) => {
    const found = await reader.nodes(ids);
    found.forEach(remember);
    return found;
  }, null);
  const texts = byKey<NodeId, Readonly<Record<string, string>>>((ids) => reader.texts(ids), noTexts);
  const slugs = new Map<NodeKind, DataLoader<Slug, NodeId | null>>();
  const pages = new Map<LinkQuery, DataLoader<NodeId, LinkPage>>();
  const counts = new Map<string, DataLoader<NodeId, number>>();

  const readPages = async (query: LinkQuery, of: readonly NodeId[]): Promise<ReadonlyMap<NodeId, LinkPage>> => {
    const found = await reader.neighbours({ ...query, of });
    for (const { links } of found.values()) {
      for (const { node, because } of links) {
        remember(node);
        because?.forEach((each) => remember(each.node));
      }
    }
    return found;
  };

  return {
    node: (id) => known.get(id) ?? nodes.load(id),
    texts: (id) => texts.load(id),
    idBySlug: (kind, slug) =>
      kept(slugs, kind, () => byKey<Slug, NodeId | null>((each) => reader.idsBySlug(kind, each), null)).load(slug),
    page: (query, of) => kept(pages, query, () => byKey((ids) => readPages(query, ids), emptyPage)).load(of),
    count: (query, of) =>
      // Two pages of one relation count the same links, so what is counted is the key.
      kept(counts, JSON.stringify([query.relation, query.where]), () =>
        byKey((ids) => reader.counts({ ...query, of: ids }), 0),
      ).load(of),
    list: async (query) => {
      const page = await reader.list(query);
      page.nodes.forEach(remember);
      return page;
    },
    total: (query) => reader.count(query),
    facets: (query, by) => reader.facets({ ...query, by }),
    size: () => 0,
    degree: () => 0,
  };
}

/** A loader that puts a batch's answers back by key; `absent` stands for keys without one. */
function byKey<K, V>(read: (keys: readonly K[]) => Promise<ReadonlyMap<K, V>>, absent: V): DataLoader<K, V> {
  return new DataLoader(async (keys) => {
    const found = await read(keys);
    return keys.map((key) => found.get(key) ?? absent);
  });
}

/** The map's value for the key, made when first asked for. */
function kept<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}

/** Failures of the store, after which asking it again within one request only makes the client wait longer. */
const final: ReadonlySet<string> = new Set(["STORE_UNAVAILABLE", "STORE_UNUSABLE", "DEADLINE_EXCEEDED", "ABORTED"]);

/**
 * The reader, for one request: once the store has failed it, each further question fails at once in the same way. A query
 * whose compiled function met the failure is run again by graphql-js, and must not wait for the store a second time.
 */
function failFastReader(reader: GraphReader): Pick<GraphReader, Asked> {
  let failure: DomainError | undefined;
  const ask =
    <A extends readonly unknown[], T>(question: (...args: A) => Promise<T>) =>
    async (...args: A): Promise<T> => {
      if (failure) throw failure;
      try {
        return await question(...args);
      } catch (error) {
        if (error instanceof DomainError && final.has(error.code)) failure = error;
        throw error;
      }
    };
  return {
    nodes: ask((...args: Parameters<GraphReader["nodes"]>) => reader.nodes(...args)),
    texts: ask((ids) => reader.texts(ids)),
    idsBySlug: ask((...args: Parameters<GraphReader["idsBySlug"]>) => reader.idsBySlug(...args)),
    neighbours: ask((query) => reader.neighbours(query)),
    counts: ask((query) => reader.counts(query)),
    list: ask((query) => reader.list(query)),
    count: ask((query) => reader.count(query)),
    facets: ask((query) => reader.facets(query)),
  };
}

type Asked = "nodes" | "texts" | "idsBySlug" | "neighbours" | "counts" | "list" | "count" | "facets";
