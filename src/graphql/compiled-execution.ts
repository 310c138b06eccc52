import { type ApolloServerPlugin, type GraphQLResponse, HeaderMap } from "@apollo/server";
import { type DocumentNode, type GraphQLSchema, OperationTypeNode } from "graphql";
import { type CompiledQuery, compileQuery, isCompiledQuery } from "graphql-jit";
import { LRUCache } from "lru-cache";
import type { GraphQLContext } from "./context";
import type { KeptAnswers } from "./kept-answers";
import { whenReady } from "./maybe-promise";

/** Characters of source of the documents whose compiled functions are kept; those take some hundred times as many bytes. */
const keptSourceLength = 300_000;

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
  answers: KeptAnswers,
  observe: ExecutionObserver = () => undefined,
): ApolloServerPlugin<GraphQLContext> {
  const known = new LRUCache<DocumentNode, Map<string, Compiled>>({
    maxSize: keptSourceLength,
    sizeCalculation: (_, document) => document.loc?.source.body.length ?? 1,
  });

  const compiled = (document: DocumentNode, operationName: string): Compiled => {
    const ofDocument = known.get(document) ?? new Map<string, Compiled>();
    if (!ofDocument.has(operationName)) {
      ofDocument.set(operationName, undefined);
      known.set(document, ofDocument);
      return undefined;
    }
    let query = ofDocument.get(operationName);
    if (query === undefined) {
      const compilation = compileQuery(schema, document, operationName);
      query = isCompiledQuery(compilation) ? compilation.query : null;
      ofDocument.set(operationName, query);
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
        return whenReady(query(undefined, contextValue, request.variables), ({ data, errors }) => {
          observe(errors ? "has errors" : "compiled");
          if (errors || !data) return null;
          contextValue.report.kept = place?.offer(data) ?? null;
          return responseWith(data);
        });
      },
    }),
  };
}

const responseWith = (data: Record<string, unknown>): GraphQLResponse => ({
  http: { headers: new HeaderMap() },
  body: { kind: "single", singleResult: { data } },
});
