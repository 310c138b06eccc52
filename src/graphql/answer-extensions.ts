import type { ApolloServerPlugin } from "@apollo/server";
import type { GraphQLError } from "graphql";
import type { Balance, GraphQLContext } from "./context";
import type { OperationCosts } from "./limits/operation-costs";

/**
 * Tells with each answer which revision it is of, and what it cost; what was charged beyond that is given back. The request's
 * report is told as much, and what failed.
 */
export function answerExtensions(costs: OperationCosts): ApolloServerPlugin<GraphQLContext> {
  return {
    requestDidStart: async () => ({
      willSendResponse: async ({ response: { body }, document, operation, errors, contextValue }) => {
        const { revision, report, allowance } = contextValue;
        report.hasErrors = errors !== undefined;
        if (operation) report.operation = { name: operation.name?.value ?? null, type: operation.operation };
        const data = body.kind === "single" && body.singleResult.data;
        const actual = data && document && operation ? Math.max(1, costs.actual(document, operation, data)) : 1;
        if (report.chargedCost > 0) allowance?.refund(report.chargedCost - (report.kept ? 1 : actual));
        const known = report.committed ?? revision;
        if (body.kind !== "single") return;
        const { singleResult } = body;
        if (singleResult.errors)
          report.codes = [...new Set(singleResult.errors.map(({ extensions }) => String(extensions?.["code"])))];
        if (data) {
          report.revision = known ?? null;
          report.actualCost = report.kept ? 1 : actual;
        }
        const throttle = throttleOf(contextValue, errors);
        if (!data && !throttle) return;
        singleResult.extensions = {
          ...(data && known !== undefined && { revision: known }),
          cost: { requested: report.requestedCost, ...(data && { actual }), ...(throttle && { throttle }) },
        };
      },
    }),
  };
}

/** The balance of the client's allowance, where it was asked for or is why the request was refused. */
function throttleOf(
  { allowance, showBalance }: GraphQLContext,
  errors: readonly GraphQLError[] | undefined,
): Balance | undefined {
  const isRefused = errors?.some(({ extensions }) => extensions["code"] === "RATE_LIMITED");
  return showBalance || isRefused ? allowance?.balance : undefined;
}
