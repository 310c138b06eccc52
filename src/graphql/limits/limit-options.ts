import type { ApolloServerPlugin } from "@apollo/server";
import {
  type DocumentNode,
  getVariableValues,
  type GraphQLError,
  type GraphQLSchema,
  parse,
  type ValidationRule,
} from "graphql";
import type { GraphQLContext } from "../context";
import { checkDocument } from "./document-limits";
import { limitError } from "./limit-error";
import type { Limits } from "./limits";
import type { OperationCosts } from "./operation-costs";
import { checkVariables } from "./variable-limits";

/** What it takes to parse, validate and analyse a document that was not asked lately, in units of cost. */
const newDocumentCost = 150;

/** What Apollo Server needs to hold requests to limits: options to spread into its own. */
export function limitOptions(schema: GraphQLSchema, limits: Limits, costs: OperationCosts) {
  const refusals = new WeakMap<DocumentNode, readonly GraphQLError[]>();

  const reportRefusals: ValidationRule = (context) => ({
    Document: (document) => refusals.get(document)?.forEach((error) => context.reportError(error)),
  });

  const plugin: ApolloServerPlugin<GraphQLContext> = {
    requestDidStart: async () => ({
      /**
       * Apollo runs own rules beside graphql's, whose cost is quadratic in a hostile document. So a document over the
       * limits is put aside before, and a stand-in is validated that reports what was wrong with it.
       */
      validationDidStart: async (request) => {
        request.contextValue.allowance?.spend(newDocumentCost);
        const errors = checkDocument(request.document, limits);
        if (errors.length === 0) return;
        const standIn = parse("{ __typename }");
        refusals.set(standIn, errors);
        (request as { document: DocumentNode }).document = standIn;
      },

      didResolveOperation: async ({ document, operation, request, contextValue }) => {
        if (!operation) return;
        const given = request.variables ?? {};
        checkVariables(given, limits.variables);
        const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], given, { maxErrors: 1 });
        // Execution refuses what cannot be coerced.
        if (!coerced) return;
        const { report, allowance } = contextValue;
        report.variables = JSON.stringify(coerced);
        report.requestedCost = Math.max(1, costs.requested(document, operation, coerced, report.variables));
        if (report.requestedCost > limits.cost) {
          throw limitError(
            "OPERATION_TOO_COMPLEX",
            "The operation asks for too much at once; ask for shorter pages or fewer levels.",
          );
        }
        allowance?.charge(report.requestedCost);
        report.chargedCost = report.requestedCost;
      },
    }),
  };

  return {
    parseOptions: { maxTokens: limits.tokens, maxSourceLength: limits.sourceLength },
    validationRules: [reportRefusals],
    validationOptions: { maxErrors: 3 },
    executionOptions: { maxCoercionErrors: 3 },
    plugin,
  };
}
