import type { ApolloServerPlugin } from "@apollo/server";
import type { GraphQLContext } from "./context";
import type { OperationCosts } from "./limits/operation-costs";

/** Tells with each answer which revision it is of, and what it cost. */
export function answerExtensions(costs: OperationCosts): ApolloServerPlugin<GraphQLContext> {
  return {
    requestDidStart: async () => ({
      willSendResponse: async ({ response: { body }, document, operation, errors, contextValue }) => {
        const { revision, report } = contextValue;
        report.hasErrors = errors !== undefined;
        if (body.kind !== "single" || !body.singleResult.data || !document || !operation) return;
        body.singleResult.extensions = {
          ...(revision !== undefined && { revision }),
          cost: { requested: report.requestedCost, actual: costs.actual(document, operation, body.singleResult.data) },
        };
      },
    }),
  };
}
