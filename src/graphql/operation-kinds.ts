import type { ApolloServerPlugin } from "@apollo/server";
import { OperationTypeNode } from "graphql";
import type { GraphQLContext } from "./context";
import { limitError } from "./limits/limit-error";

/** Refuses operations that a request cannot carry: subscriptions over HTTP, and changes to the graph as it once was. */
export const operationKinds: ApolloServerPlugin<GraphQLContext> = {
  requestDidStart: async ({ contextValue }) => ({
    didResolveOperation: async ({ operation }) => {
      if (operation?.operation === OperationTypeNode.SUBSCRIPTION)
        throw limitError("BAD_REQUEST", "Subscriptions go over a WebSocket with the subprotocol graphql-transport-ws.");
      if (operation?.operation === OperationTypeNode.MUTATION && contextValue.isPast)
        throw limitError(
          "BAD_USER_INPUT",
          "A view of an earlier revision is for reading; mutations take no such view.",
        );
    },
  }),
};
