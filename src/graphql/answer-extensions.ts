import type { ApolloServerPlugin } from "@apollo/server";
import { type GraphQLError, OperationTypeNode } from "graphql";
import type { Balance, GraphQLContext } from "./context";
import { formatError } from "./errors";
import { limitError } from "./limits/meter";

/**
 * Tells with each answer which revision it is of, and what it cost; what was charged beyond that is given back. A query that
 * came to more than its limit is answered with that alone; what mutations did before it is told. An answer that was kept tells
 * what it cost when it was made, and is charged 1.
 */
export const answerExtensions: ApolloServerPlugin<GraphQLContext> = {
  requestDidStart: async () => ({
    willSendResponse: async ({ response: { body, http }, operation, errors, contextValue }) => {
      const { revision, report, allowance } = contextValue;
      const { refusal } = report.meter;
      report.hasErrors = errors !== undefined || refusal !== null;
      if (operation) report.operation = { name: operation.name?.value ?? null, type: operation.operation };
      const actual = report.meter.cost;
      if (report.chargedCost > 0) allowance?.refund(report.chargedCost - actual);
      if (body.kind !== "single") return;
      if (refusal && operation?.operation !== OperationTypeNode.MUTATION) {
        body.singleResult = { errors: [formatError({ message: refusal.message }, refusal)] };
        http.status = 400;
      }
      const { singleResult } = body;
      if (singleResult.errors)
        report.codes = [...new Set(singleResult.errors.map(({ extensions }) => String(extensions?.["code"])))];
      const { data } = singleResult;
      const known = report.committed ?? revision;
      if (data) {
        report.revision = known ?? null;
        report.actualCost = actual;
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

/** The balance of the client's allowance, where it was asked for or is why the request was refused. */
function throttleOf(
  { allowance, showBalance }: GraphQLContext,
  errors: readonly GraphQLError[] | undefined,
): Balance | undefined {
  const isRefused = errors?.some(({ extensions }) => extensions["code"] === "RATE_LIMITED");
  return showBalance || isRefused ? allowance?.balance : undefined;
}

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
