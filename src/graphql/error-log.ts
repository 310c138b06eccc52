import type { ApolloServerPlugin } from "@apollo/server";
import type { GraphQLError } from "graphql";
import type { Logger } from "pino";
import { DomainError } from "../domain/errors";
import type { GraphQLContext } from "./context";
import { causeOf, publicError } from "./errors";

/** Logs those of a request's errors that clients are not told of. */
export function logErrors(logger: Logger, requestId: string, errors: readonly GraphQLError[]): void {
  for (const error of errors) {
    const { code } = publicError(error);
    const cause = causeOf(error);
    if (cause instanceof DomainError && cause.code === "ABORTED") continue;
    const entry = { requestId, code, path: error.path?.join("."), err: cause };
    if (code === "INTERNAL_SERVER_ERROR") logger.error(entry, "request failed");
    if (code === "SERVICE_UNAVAILABLE") logger.warn(entry, "store unavailable");
  }
}

/**
 * Logs what clients are not told, with the request's id: faults as errors, an absent store as a warning. Requests that
 * nobody waits for any more are not worth a line.
 */
export function errorLog(logger: Logger): ApolloServerPlugin<GraphQLContext> {
  return {
    requestDidStart: async () => ({
      didEncounterErrors: async ({ errors, contextValue: { requestId } }) => {
        logErrors(logger, requestId, errors);
      },
    }),
    contextCreationDidFail: async ({ error }) => logger.error({ err: error }, "context creation failed"),
    unexpectedErrorProcessingRequest: async ({ error, requestContext }) =>
      logger.error(
        { requestId: requestContext.contextValue.requestId, err: error },
        "request failed outside of execution",
      ),
  };
}
