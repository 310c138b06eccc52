import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import type { GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import type { Principal } from "../domain/access/principal";
import { answerExtensions, operationKinds } from "./answer-extensions";
import { compiledExecution, type ExecutionObserver } from "./compiled-execution";
import type { GraphQLContext } from "./context";
import { errorLog } from "./error-log";
import { formatError } from "./errors";
import { limitOptions, OperationCosts } from "./limits/limit-options";
import { anonymousLimits, holderLimits, type Limits, limitsOf } from "./limits/limits";
import type { QueryCaches } from "./query-caches";

interface ApolloOptions {
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

const wellFormed = new Set([
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "OPERATION_TOO_COMPLEX",
  "BAD_USER_INPUT",
]);

/**
 * A well-formed request whose document fails is answered with 200 in `application/json`, where a client could not tell an
 * error status from a proxy's; clients that accept `application/graphql-response+json` get 400.
 * https://graphql.github.io/graphql-over-http/draft/#sec-application-json
 */
const jsonStatus: ApolloServerPlugin<GraphQLContext> = {
  requestDidStart: async ({ request }) => ({
    willSendResponse: async ({ response, errors }) => {
      const codes = errors?.map((error) => String(error.extensions["code"])) ?? [];
      const accept = request.http?.headers.get("accept") ?? "";
      if (response.http.status !== 400 || accept.includes("application/graphql-response+json")) return;
      if (codes.every((code) => wellFormed.has(code))) response.http.status = 200;
    },
  }),
};

/**
 * One server for each set of limits, over one schema and the same caches. Apollo keeps documents that it has let through
 * and does not look at them again, so each server finds its own documents alone.
 */
export interface ApolloServers {
  of(principal: Principal): ApolloServer<GraphQLContext>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export function createApolloServers(options: Omit<ApolloOptions, "limits" | "name">): ApolloServers {
  const servers = new Map(
    Object.entries({ anonymous: anonymousLimits, holder: holderLimits }).map(([name, limits]) => [
      limits,
      createApolloServer({ ...options, limits, name }),
    ]),
  );
  return {
    of: (principal) => servers.get(limitsOf(principal)) as ApolloServer<GraphQLContext>,
    start: async () => void (await Promise.all([...servers.values()].map((server) => server.start()))),
    stop: async () => void (await Promise.all([...servers.values()].map((server) => server.stop()))),
  };
}
