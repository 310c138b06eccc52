import type { OperationCost } from "./limits/operation-cost";
import type { DocumentNode } from "graphql";
import type { CompiledQuery } from "graphql-jit";
import { ByteCache, type CacheUsage } from "../domain/byte-cache";
import { DocumentCache } from "./document-cache";
import { ResponseCache } from "./response-cache";

/** Bytes that each cache may take. */
export interface QueryCacheSizes {
  readonly documents: number;
  readonly compiledDocuments: number;
  readonly operationCosts: number;
  /** 0: no answers are kept. */
  readonly answers: number;
}

/** Null: it does not compile. Undefined: it came once. By name of the operation. */
export type CompiledOperations = Map<string, CompiledQuery["query"] | null | undefined>;

/** What is kept of queries between requests. The servers of a process share it, so that it is bounded once. */
export interface QueryCaches {
  readonly documents: DocumentCache;
  readonly compiled: ByteCache<DocumentNode, CompiledOperations>;
  /** By number of the operation and its variables. */
  readonly costs: ByteCache<string, OperationCost>;
  readonly answers: ResponseCache;
  readonly all: readonly CacheUsage[];
}

export function createQueryCaches(maxBytes: QueryCacheSizes): QueryCaches {
  const compiled = new ByteCache<DocumentNode, CompiledOperations>("compiledDocuments", maxBytes.compiledDocuments);
  const documents = new DocumentCache(maxBytes.documents, (document) => compiled.delete(document));
  const costs = new ByteCache<string, OperationCost>("operationCosts", maxBytes.operationCosts);
  const answers = new ResponseCache(maxBytes.answers);
  return { documents, compiled, costs, answers, all: [documents.usage, compiled, costs, answers.usage] };
}
