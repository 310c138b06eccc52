import { DomainError } from "../domain/errors";
import type { GraphReader } from "../domain/graph/port";

/** Failures of the store, after which asking it again within one request only makes the client wait longer. */
const final: ReadonlySet<string> = new Set(["STORE_UNAVAILABLE", "STORE_UNUSABLE", "DEADLINE_EXCEEDED", "ABORTED"]);

/**
 * The reader, for one request: once the store has failed it, each further question fails at once in the same way. A query
 * whose compiled function met the failure is run again by graphql-js, and must not wait for the store a second time.
 */
export function failFastReader(reader: GraphReader): Pick<GraphReader, Asked> {
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
