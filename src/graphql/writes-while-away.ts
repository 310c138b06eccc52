import { type ApolloServerPlugin, HeaderMap } from "@apollo/server";
import { GraphQLError, OperationTypeNode } from "graphql";
import type { GraphQLContext } from "./context";

/** In how many seconds a client may try again. The store is asked more often than that. */
const retrySeconds = 2;
const done = Promise.resolve();

/** Refuses mutations with 503 while the store is known not to answer, before any of their fields waits for it. */
export const writesWhileAway: ApolloServerPlugin<GraphQLContext> = {
  requestDidStart: async ({ contextValue }) => ({
    didResolveOperation: ({ operation }) => {
      if (operation?.operation !== OperationTypeNode.MUTATION || !contextValue.isStoreAway?.()) return done;
      throw new GraphQLError("Nothing can be written now, since the store does not answer; try again later.", {
        extensions: {
          code: "SERVICE_UNAVAILABLE",
          http: { status: 503, headers: new HeaderMap([["retry-after", String(retrySeconds)]]) },
        },
      });
    },
  }),
};
