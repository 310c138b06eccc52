import { ApolloServer } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import type { GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import { answerExtensions } from "./answer-extensions";
import { compiledExecution, type ExecutionObserver } from "./compiled-execution";
import type { GraphQLContext } from "./context";
import { errorLog } from "./error-log";
import { formatError } from "./errors";
import { jsonStatus } from "./json-status";
import { limitOptions } from "./limits/limit-options";
import { anonymousLimits, type Limits } from "./limits/limits";
import { OperationCosts } from "./limits/operation-costs";
import { operationKinds } from "./operation-kinds";
import type { QueryCaches } from "./query-caches";

export interface ApolloOptions {
  readonly schema: GraphQLSchema;
  readonly logger: Logger;
  readonly limits?: Limits;
  readonly caches: QueryCaches;
  /** Tells its documents from those of other servers over the same caches. */
  readonly name?: string;
  readonly observeExecution?: ExecutionObserver;
}

/** Apollo Server with the limits, the error codes and nothing that costs time on each field. The caller starts and stops it. */
export function createApolloServer({
  schema,
  logger,
  limits = anonymousLimits,
  caches,
  name = "",
  observeExecution,
}: ApolloOptions): ApolloServer<GraphQLContext> {
  const costs = new OperationCosts(schema, caches.costs);
  const { plugin: limitsPlugin, ...limitingOptions } = limitOptions(schema, limits, costs);
  return new ApolloServer<GraphQLContext>({
    schema,
    logger,
    formatError,
    ...limitingOptions,
    introspection: true,
    csrfPrevention: true,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    stringifyResult: (result) => caches.answers.textOf(result),
    stopOnTerminationSignals: false,
    documentStore: caches.documents.storeOf(name),
    plugins: [
      limitsPlugin,
      compiledExecution(schema, caches, observeExecution),
      answerExtensions,
      operationKinds,
      errorLog(logger),
      jsonStatus,
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
}
