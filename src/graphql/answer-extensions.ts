import type { ApolloServerPlugin } from "@apollo/server";
import type { GraphQLContext } from "./context";
import type { OperationCosts } from "./limits/operation-costs";

/** Tells with each answer which revision it is of, and what it cost; what was charged beyond that is given back. */
export function answerExtensions(costs: OperationCosts): ApolloServerPlugin<GraphQLContext> {
  return {
    requestDidStart: async () => ({
      willSendResponse: async ({ response: { body }, document, operation, errors, contextValue }) => {
        const { revision, report, allowance } = contextValue;
        report.hasErrors = errors !== undefined;
        const data = body.kind === "single" && body.singleResult.data;
        const actual = data && document && operation ? Math.max(1, costs.actual(document, operation, data)) : 1;
        if (report.chargedCost > 0) allowance?.refund(report.chargedCost - (report.kept ? 1 : actual));
        if (body.kind !== "single" || !data) return;
        body.singleResult.extensions = {
          ...(revision !== undefined && { revision }),
          cost: { requested: report.requestedCost, actual },
        };
      },
    }),
  };
}
