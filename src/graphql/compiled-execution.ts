import { type ApolloServerPlugin, type GraphQLResponse, HeaderMap } from "@apollo/server";
import { type DocumentNode, type GraphQLSchema, OperationTypeNode } from "graphql";
import { type CompiledQuery, compileQuery, isCompiledQuery } from "graphql-jit";
import type { GraphQLContext } from "./context";
import { countNodes } from "./document-cache";
import { whenReady } from "./promise-or-value";
import type { CompiledOperations, QueryCaches } from "./query-caches";

/**
 * Bytes of a compiled function by nodes of its document: 500 when it has run, up to 1,600 when V8 has optimized it, by the
 * growth of the heap over the operations of `test/operations` (`--expose-gc`, Node 20).
 */
const bytesPerNode = 1_200;
const seenOnceBytes = 250;

/** Null: it does not compile. Undefined: it came once, and compiling costs as much as several executions. */
type Compiled = CompiledQuery["query"] | null | undefined;

/** Told of each query: whether its answer was kept, its compiled function answered, or why graphql-js did. */
export type ExecutionObserver = (
  outcome: "kept" | "compiled" | "seen once" | "has errors" | "does not compile",
) => void;

/**
 * Answers queries by functions that their documents were compiled to. Whatever those do not answer without errors is left
 * to graphql-js, which runs the query again: so codes, messages, paths and statuses are always its own. Reading twice does
 * no harm. An answer that is kept is given again.
 */
export function compiledExecution(
  schema: GraphQLSchema,
  { compiled: known, answers }: Pick<QueryCaches, "compiled" | "answers">,
  observe: ExecutionObserver = () => undefined,
): ApolloServerPlugin<GraphQLContext> {
  const keep = (document: DocumentNode, operations: CompiledOperations): void => {
    const compiledOnes = [...operations.values()].filter((each) => each).length;
    const bytes = seenOnceBytes * operations.size + compiledOnes * bytesPerNode * countNodes(document);
    known.set(document, operations, bytes);
  };

  const compiled = (document: DocumentNode, operationName: string): Compiled => {
    const operations: CompiledOperations = known.get(document) ?? new Map<string, Compiled>();
    if (!operations.has(operationName)) {
      operations.set(operationName, undefined);
      keep(document, operations);
      return undefined;
    }
    let query = operations.get(operationName);
    if (query === undefined) {
      const compilation = compileQuery(schema, document, operationName);
      query = isCompiledQuery(compilation) ? compilation.query : null;
      operations.set(operationName, query);
      keep(document, operations);
    }
    return query;
  };

  return {
    requestDidStart: async () => ({
      responseForOperation: async ({ document, operation, operationName, request, contextValue }) => {
        if (operation?.operation !== OperationTypeNode.QUERY) return null;
        const place = answers.placeOf(document, operationName ?? "", contextValue);
        const kept = place?.get() ?? null;
        if (kept) {
          observe("kept");
          contextValue.report.kept = kept;
          return responseWith(kept.data);
        }
        const query = compiled(document, operationName ?? "");
        if (!query) {
          observe(query === null ? "does not compile" : "seen once");
          return null;
        }
        const { meter } = contextValue.report;
        const begun = meter.mark();
        return whenReady(query(undefined, contextValue, request.variables), ({ data, errors }) => {
          observe(errors ? "has errors" : "compiled");
          if (meter.refusal) return responseWith(null);
          if (errors || !data) {
            meter.backTo(begun);
            return null;
          }
          contextValue.report.kept = place?.offer(data) ?? null;
          return responseWith(data);
        });
      },
    }),
  };
}

const responseWith = (data: Record<string, unknown> | null): GraphQLResponse => ({
  http: { headers: new HeaderMap() },
  body: { kind: "single", singleResult: { data } },
});
