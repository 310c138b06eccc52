import { ApolloServer } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import { InMemoryLRUCache } from "@apollo/utils.keyvaluecache";
import type { DocumentNode, GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import { answerExtensions } from "./answer-extensions";
import { compiledExecution, type ExecutionObserver } from "./compiled-execution";
import type { GraphQLContext } from "./context";
import { errorLog } from "./error-log";
import { formatError } from "./errors";
import { jsonStatus } from "./json-status";
import { KeptAnswers } from "./kept-answers";
import { limitOptions } from "./limits/limit-options";
import { anonymousLimits, type Limits } from "./limits/limits";
import { OperationCosts } from "./limits/operation-costs";
import { operationKinds } from "./operation-kinds";

/** Characters of source of the validated documents that are kept; parsed, they take some fifty times as many bytes. */
const documentStoreLength = 1_000_000;

export interface ApolloOptions {
  readonly schema: GraphQLSchema;
  readonly logger: Logger;
  readonly limits?: Limits;
  /** See `KeptAnswers`. */
  readonly keptCharacters?: number;
  readonly observeExecution?: ExecutionObserver;
}

/** Apollo Server with the limits, the error codes and nothing that costs time on each field. The caller starts and stops it. */
export function createApolloServer({
  schema,
  logger,
  limits = anonymousLimits,
  keptCharacters = 0,
  observeExecution,
}: ApolloOptions): ApolloServer<GraphQLContext> {
  const costs = new OperationCosts(schema);
  const answers = new KeptAnswers(keptCharacters);
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
    stringifyResult: (result) => answers.textOf(result),
    stopOnTerminationSignals: false,
    documentStore: new InMemoryLRUCache<DocumentNode>({
      maxSize: documentStoreLength,
      sizeCalculation: (document) => document.loc?.source.body.length ?? 1,
    }),
    plugins: [
      limitsPlugin,
      compiledExecution(schema, answers, observeExecution),
      answerExtensions(costs),
      operationKinds,
      errorLog(logger),
      jsonStatus,
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
}
